/** The Deployment of a standalone worker and the objects that belong to it. Pure. */
import { scryptSync } from "crypto";
import type { StandaloneSettings } from "../schema/standaloneConnect";
import { compact, sortKeys } from "../util/data";
import { restricted, selectorOf } from "../util/pod";
import { mergePodTemplate } from "../util/podTemplate";
import { connectorFile, loginsOf, places, restPort, standaloneFiles, workerFile, type Login } from "./worker";

/** User of Confluent's images, and the group that its volume is given. */
const appUser = 1000;

/** Names of what belongs to a worker. */
export const namesOf = ({ name }: StandaloneSettings) => ({
    properties: `${name}-properties`,
    data: `${name}-data`,
    credentials: (use: Login["use"]) => `${name}-${use}-login`,
});

/** Secrets that the stack makes of secret config: name → keys and values. */
export function madeSecrets(settings: StandaloneSettings): Record<string, Record<string, string>> {
    const made = loginsOf(settings).filter(({ credentials }) => !credentials.secretName);
    return Object.fromEntries(
        made.map(({ use, credentials }) => [
            namesOf(settings).credentials(use),
            {
                [credentials.usernameKey]: credentials.username!.secure,
                [credentials.passwordKey]: credentials.password!.secure,
            },
        ]),
    );
}

/**
 * A digest of all that the worker is started with, the credentials of secret config included: a change of any is a
 * rollout. It is in an annotation that many users may read, so its hash function is slow, to prevent guessing.
 */
export const configDigest = (settings: StandaloneSettings): string =>
    scryptSync(
        JSON.stringify(sortKeys([standaloneFiles(settings), madeSecrets(settings)])),
        `${settings.name} config`,
        32,
    ).toString("hex");

/** The `spec` of the Deployment. */
export function standaloneDeployment(settings: StandaloneSettings) {
    const names = namesOf(settings);
    const selector = selectorOf("connect-standalone", settings.name);
    const volumes = [
        {
            name: "properties",
            mountPath: places.properties,
            readOnly: true,
            source: { secret: { secretName: names.properties } },
        },
        ...loginsOf(settings).map(({ use, credentials }) => ({
            name: `${use}-login`,
            mountPath: `${places.credentials}/${use}`,
            readOnly: true,
            source: { secret: { secretName: credentials.secretName ?? names.credentials(use) } },
        })),
        ...settings.secrets.map((secretName, index) => ({
            name: `secret-${index}`,
            mountPath: `${places.secrets}/${secretName}`,
            readOnly: true,
            source: { secret: { secretName } },
        })),
        {
            name: "data",
            mountPath: places.data,
            readOnly: false,
            source: { persistentVolumeClaim: { claimName: names.data } },
        },
    ];
    const probe = (path: string, times: Record<string, number>) => ({
        httpGet: { path, port: restPort },
        timeoutSeconds: 5,
        ...times,
    });
    return {
        // two of them would write the same offsets: the old one has gone before the new one starts
        replicas: 1,
        strategy: { type: "Recreate" },
        selector: { matchLabels: selector },
        template: mergePodTemplate(
            {
                metadata: { labels: selector, annotations: { "checksum/config": configDigest(settings) } },
                spec: {
                    automountServiceAccountToken: false,
                    securityContext: { runAsUser: appUser, runAsGroup: appUser, fsGroup: appUser },
                    containers: [
                        compact({
                            name: "connect",
                            image: settings.image,
                            command: [
                                "connect-standalone",
                                `${places.properties}/${workerFile}`,
                                ...settings.connectors.map(({ name }) => `${places.properties}/${connectorFile(name)}`),
                            ],
                            env: [
                                { name: "CLASSPATH", value: settings.classPath },
                                {
                                    name: "KAFKA_HEAP_OPTS",
                                    value: `-Xms${settings.heap} -Xmx${settings.heap} -XX:+ExitOnOutOfMemoryError`,
                                },
                                // what the start script writes has a place it may write to
                                { name: "LOG_DIR", value: "/tmp" },
                            ],
                            ports: [{ name: "rest", containerPort: restPort }],
                            resources: settings.resources,
                            startupProbe: probe("/", { periodSeconds: 5, failureThreshold: 60 }),
                            livenessProbe: probe("/", { periodSeconds: 10, failureThreshold: 6 }),
                            readinessProbe: probe("/connectors", { periodSeconds: 10, failureThreshold: 3 }),
                            securityContext: restricted,
                            volumeMounts: volumes.map(({ name, mountPath, readOnly }) => ({
                                name,
                                mountPath,
                                readOnly,
                            })),
                        }),
                    ],
                    volumes: volumes.map(({ name, source }) => ({ name, ...source })),
                },
            },
            settings.template,
            selector,
        ),
    };
}

/** The `spec` of the volume's claim. */
export const dataClaim = ({ storage }: StandaloneSettings) =>
    compact({
        accessModes: ["ReadWriteOnce"],
        storageClassName: storage.class,
        resources: { requests: { storage: storage.size } },
    });

/** Only the kubelet may reach the REST API, because it has no login; `kubectl port-forward` still works. */
export const closedToOthers = ({ name }: StandaloneSettings) => ({
    podSelector: { matchLabels: selectorOf("connect-standalone", name) },
    policyTypes: ["Ingress"],
});
