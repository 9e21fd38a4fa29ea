/** Names of objects that sections refer to: Secrets, ConfigMaps, claims and classes. */
import type { SettingPath } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { bridgeNamespace } from "../strimzi/bridgeKafka";
import { isObject, listOf, valueAt } from "../util/data";

/** A name that a setting has, and what the object of that name must have. */
export interface Reference {
    readonly kind: "ConfigMap" | "Secret" | "PersistentVolumeClaim" | "StorageClass" | "PriorityClass";
    readonly name: unknown;
    readonly at: SettingPath;
    /** Namespace of the pods; undefined for kinds without one. */
    readonly namespace?: string;
    /** Keys that the pods need, with their paths. */
    readonly keys?: readonly (readonly [key: string, at: SettingPath])[];
}

/** Keys of a Secret or a ConfigMap that a volume mounts. */
const itemKeys = (source: unknown, at: SettingPath): [string, SettingPath][] =>
    listOf(valueAt(source, ["items"])).flatMap((item, index): [string, SettingPath][] => {
        const key = valueAt(item, ["key"]);
        return typeof key === "string" ? [[key, [...at, "items", index, "key"]]] : [];
    });

const isOptional = (source: unknown): boolean => valueAt(source, ["optional"]) === true;

function volumeReferences(volumes: unknown, namespace: string | undefined, path: SettingPath): Reference[] {
    const fields = { secret: "secretName", configMap: "name", persistentVolumeClaim: "claimName" } as const;
    const kinds = { secret: "Secret", configMap: "ConfigMap", persistentVolumeClaim: "PersistentVolumeClaim" } as const;
    return listOf(volumes).flatMap((volume, index) =>
        (["secret", "configMap", "persistentVolumeClaim"] as const).flatMap((type): Reference[] => {
            const source = valueAt(volume, [type]);
            if (!isObject(source) || isOptional(source)) return [];
            const at = [...path, index, type];
            const name = source[fields[type]];
            return [{ kind: kinds[type], name, at: [...at, fields[type]], namespace, keys: itemKeys(source, at) }];
        }),
    );
}

function envReferences(env: unknown, namespace: string | undefined, path: SettingPath): Reference[] {
    return listOf(env).flatMap((variable, index) =>
        (["secretKeyRef", "configMapKeyRef"] as const).flatMap((type): Reference[] => {
            const source = valueAt(variable, ["valueFrom", type]);
            if (!isObject(source) || isOptional(source)) return [];
            const at = [...path, index, "valueFrom", type];
            const keys: [string, SettingPath][] = typeof source.key === "string" ? [[source.key, [...at, "key"]]] : [];
            const kind = type === "secretKeyRef" ? "Secret" : "ConfigMap";
            return [{ kind, name: source.name, at: [...at, "name"], namespace, keys }];
        }),
    );
}

/** Secrets for the logins to Kafka and PostgreSQL. Those of kafkaCluster are derived. */
function kafkaSecrets({ kafka, kafkaCluster, connect, httpBridge, metrics }: ParsedSections, ofBridge?: string) {
    const isWritten = kafka && !kafkaCluster && connect?.install;
    const certificates = isWritten ? (kafka.tls?.trustedCertificates ?? []) : [];
    const places: [name: string | undefined, at: SettingPath, namespace: string | undefined][] = [
        [
            isWritten ? kafka.authentication.secretName : undefined,
            ["kafka", "authentication", "secretName"],
            connect?.namespace,
        ],
        ...certificates.map(({ secretName }, index): (typeof places)[number] => [
            secretName,
            ["kafka", "tls", "trustedCertificates", index, "secretName"],
            connect?.namespace,
        ]),
        [httpBridge?.kafka?.userSecret, ["httpBridge", "kafka", "userSecret"], ofBridge],
        [httpBridge?.kafka?.caSecret, ["httpBridge", "kafka", "caSecret"], ofBridge],
        ...(metrics?.slotExporter?.servers ?? []).map(({ secretName }, index): (typeof places)[number] => [
            secretName,
            ["metrics", "slotExporter", "servers", index, "secretName"],
            connect?.namespace,
        ]),
    ];
    return places.map(([name, at, namespace]): Reference => ({ kind: "Secret", name, at, namespace }));
}

/** What the sections refer to. */
export function references(sections: ParsedSections): Reference[] {
    const { connect, kafkaCluster, httpBridge, standaloneConnect } = sections;
    const ofBridge = httpBridge && connect ? bridgeNamespace({ ...sections, httpBridge, connect }) : undefined;
    const standaloneNamespace = standaloneConnect?.namespace ?? connect?.namespace;
    const workers = connect?.install ? connect : undefined;
    const logging = valueAt(workers?.logging, ["valueFrom", "configMapKeyRef"]);
    const loggingPath = ["connect", "logging", "valueFrom", "configMapKeyRef"];
    return [
        ...volumeReferences(workers?.volumes, workers?.namespace, ["connect", "volumes"]),
        ...envReferences(workers?.env, workers?.namespace, ["connect", "env"]),
        ...(isObject(logging)
            ? [
                  {
                      kind: "ConfigMap" as const,
                      name: logging.name,
                      at: [...loggingPath, "name"],
                      namespace: workers?.namespace,
                      keys: [[String(logging.key), [...loggingPath, "key"]] as const],
                  },
              ]
            : []),
        ...kafkaSecrets(sections, ofBridge),
        { kind: "PriorityClass", name: workers?.priorityClassName, at: ["connect", "priorityClassName"] },
        ...(workers?.imagePullSecrets ?? []).map((name, index): Reference => {
            return { kind: "Secret", name, at: ["connect", "imagePullSecrets", index], namespace: workers?.namespace };
        }),
        ...volumeReferences(httpBridge?.template?.spec?.volumes, ofBridge, [
            ...["httpBridge", "template", "spec", "volumes"],
        ]),
        ...envReferences(valueAt(httpBridge?.main, ["env"]), ofBridge, ["httpBridge", "main", "env"]),
        ...volumeReferences(standaloneConnect?.template?.spec?.volumes, standaloneNamespace, [
            ...["standaloneConnect", "template", "spec", "volumes"],
        ]),
        ...(kafkaCluster?.nodePools ?? []).flatMap(({ storage }, pool) =>
            storage.volumes.map(({ class: name }, index): Reference => {
                const at = ["kafkaCluster", "nodePools", pool, "storage", "volumes", index, "class"];
                return { kind: "StorageClass", name, at };
            }),
        ),
        {
            kind: "StorageClass",
            name: standaloneConnect?.storage.class,
            at: ["standaloneConnect", "storage", "class"],
        },
    ];
}
