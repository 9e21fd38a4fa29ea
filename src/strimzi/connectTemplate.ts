/** The pods of a Connect cluster: the `template` of the KafkaConnect. Pure. */
import type { StrimziRelease } from "../release/releases";
import type { KafkaConnectSpec } from "../release/types/kafkaConnectSpec";
import { volumeTypes, type ConnectSettings } from "../schema/connect";
import type { KafkaSettings } from "../schema/kafka";
import type { MetricsSettings } from "../schema/metrics";
import { compact } from "../util/data";
import { scrapeAnnotations } from "./jmxMetrics";
import { kafkaSecretMounts } from "./kafkaClient";
import { passedOn } from "./passedOn";

type Template = NonNullable<KafkaConnectSpec["template"]>;
type Pod = NonNullable<Template["pod"]>;
type Volume = NonNullable<Pod["volumes"]>[number];
type EnvironmentVariable = NonNullable<NonNullable<Template["connectContainer"]>["env"]>[number];

/** The size of an emptyDir as Strimzi before 0.49 has it: `64Mi` as the amount 64 and the format Mi. */
function sizeObject(sizeLimit: string): { amount: string; format: string } {
    // another form is reported by the check of volumes
    const [, amount, format] = /^([0-9.]+)(.*)$/.exec(sizeLimit) ?? [sizeLimit, sizeLimit, ""];
    return { amount, format };
}

/** A volume of the stack file in the form that the release's CRD has. */
export function podVolume(volume: ConnectSettings["volumes"][number], release: StrimziRelease): Volume {
    const type = volumeTypes.find((candidate) => volume[candidate] !== undefined)!;
    const sizeLimit = volume.emptyDir?.sizeLimit;
    const source =
        sizeLimit !== undefined && release.emptyDirSize === "object"
            ? { ...volume.emptyDir, sizeLimit: sizeObject(sizeLimit) }
            : volume[type];
    return passedOn<Volume>({ name: volume.name, [type]: source });
}

/** What the pods are made from. */
export interface TemplateInput {
    /** Facts of the Strimzi version. */
    release: StrimziRelease;
    /** The section `connect`. */
    connect: ConnectSettings;
    /** The section `kafka`. */
    kafka: KafkaSettings;
    /** The section `metrics`. */
    metrics: Pick<MetricsSettings, "exporter">;
    /** ARN of the role that the service account assumes, a string or an output. Default: no role. */
    roleArn?: unknown;
}

function pod({ connect, kafka, metrics, release }: TemplateInput): Pod {
    return compact({
        metadata: compact({
            labels: connect.labels,
            annotations: { ...scrapeAnnotations(metrics.exporter), ...connect.annotations },
        }),
        affinity: passedOn<Pod["affinity"]>(connect.affinity),
        tolerations: passedOn<Pod["tolerations"]>(connect.tolerations),
        topologySpreadConstraints: passedOn<Pod["topologySpreadConstraints"]>(connect.topologySpreadConstraints),
        priorityClassName: connect.priorityClassName,
        imagePullSecrets: connect.imagePullSecrets.map((name) => ({ name })),
        volumes: [
            ...connect.volumes.map((volume) => podVolume(volume, release)),
            ...kafkaSecretMounts(kafka).map(({ name, secretName }) => ({ name, secret: { secretName } })),
        ],
    });
}

function container({ connect, kafka }: TemplateInput): Template["connectContainer"] {
    return compact({
        env: connect.env.map((variable) => passedOn<EnvironmentVariable>(compact(variable))),
        volumeMounts: [
            ...connect.volumes.map(({ name, mountPath, readOnly }) => ({ name, mountPath, readOnly })),
            ...kafkaSecretMounts(kafka).map(({ name, mountPath }) => ({ name, mountPath, readOnly: true })),
        ],
    });
}

const serviceAccount = (roleArn: unknown): Template["serviceAccount"] =>
    roleArn === undefined
        ? undefined
        : { metadata: { annotations: { "eks.amazonaws.com/role-arn": passedOn<string>(roleArn) } } };

/** The `template` of the KafkaConnect. */
export const connectTemplate = (input: TemplateInput): Template =>
    compact({
        pod: pod(input),
        connectContainer: container(input),
        serviceAccount: serviceAccount(input.roleArn),
        podDisruptionBudget: { maxUnavailable: input.connect.maxUnavailable },
    });
