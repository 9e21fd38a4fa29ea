/** Policies of a rendered stack: what an organization requires beyond what works. Pure. */
import { objectsOfKind, kubernetesObjects, type KubernetesObject, type SynthResult } from "../synth/synth";

/** A resource that breaks a policy. */
export interface Violation {
    /** Name of the policy. */
    readonly policy: string;
    /** `KafkaConnect data-kafka-connect-cluster` */
    readonly subject: string;
    readonly message: string;
}

/** What a policy looks at. */
export interface PolicySubject {
    readonly evaluation: SynthResult;
    /** Whether the stack is production: its stateful resources are protected (`protect`). */
    readonly production: boolean;
}

/** A policy. */
export interface Policy {
    readonly name: string;
    readonly description: string;
    check(subject: PolicySubject): { subject: string; message: string }[];
}

const subjectOf = ({ kind, metadata }: KubernetesObject): string => `${kind} ${metadata.name}`;

interface Container {
    name: string;
    image?: string;
    securityContext?: {
        allowPrivilegeEscalation?: boolean;
        runAsNonRoot?: boolean;
        capabilities?: { drop?: string[] };
        seccompProfile?: { type?: string };
    };
}

/** The containers of a workload of this program; Strimzi's operator makes those of its resources. */
function containersOf({ kind, spec }: KubernetesObject): Container[] {
    if (!["Deployment", "Job", "StatefulSet", "DaemonSet"].includes(kind)) return [];
    const pod = (spec?.template?.spec ?? {}) as { containers?: Container[]; initContainers?: Container[] };
    return [...(pod.initContainers ?? []), ...(pod.containers ?? [])];
}

/** An image by digest, or one whose digest an image build of the same stack returns. */
const isPinned = (image: string): boolean => /@sha256:[0-9a-f]{64}$/.test(image) || /^<.+\.repoDigest>$/.test(image);

const pinnedImages: Policy = {
    name: "pinned-images",
    description: "Images of workers and workloads are pinned by digest",
    check: ({ evaluation }) =>
        kubernetesObjects(evaluation).flatMap((object) => {
            const own = object.kind === "KafkaConnect" && object.spec.image ? [String(object.spec.image)] : [];
            const images = [...own, ...containersOf(object).flatMap(({ image }) => image ?? [])];
            return images
                .filter((image) => !isPinned(image))
                .map((image) => ({
                    subject: subjectOf(object),
                    message: `image ${image} has no digest: a tag can be replaced by another image`,
                }));
        }),
};

const credentialKey = /(^|[._-])(password|passphrase|secret|token|api[._-]?key|sasl\.jaas\.config)$/i;

const noLiteralCredentials: Policy = {
    name: "no-literal-credentials",
    description: "Credentials of connectors are references to secrets",
    check: ({ evaluation }) =>
        objectsOfKind(evaluation, "KafkaConnector").flatMap((object) =>
            Object.entries((object.spec.config ?? {}) as Record<string, unknown>)
                .filter(([key, value]) => credentialKey.test(key) && !/\$\{[^}]+\}/.test(String(value)))
                .map(([key]) => ({ subject: subjectOf(object), message: `${key} is a literal, expected a reference` })),
        ),
};

const stateful = ["aws:ecr/repository:Repository", "aws:amp/workspace:Workspace"];

const protectedState: Policy = {
    name: "protected-state",
    description: "In production, stateful resources are protected from deletion",
    check: ({ evaluation, production }) =>
        evaluation.resources
            .filter(({ type, inputs }) => stateful.includes(type) || inputs.kind === "Kafka")
            .filter((resource) => production && !resource.protect)
            .map(({ type, name }) => ({ subject: `${type.split(":").pop()} ${name}`, message: "is not protected" })),
};

const availableWorkers: Policy = {
    name: "available-workers",
    description: "In production, Connect has two workers and a PodDisruptionBudget that keeps one",
    check: ({ evaluation, production }) =>
        objectsOfKind(evaluation, "KafkaConnect").flatMap((object) => {
            const { replicas, template } = object.spec as {
                replicas?: number;
                template?: { podDisruptionBudget?: { maxUnavailable?: number } };
            };
            const unavailable = template?.podDisruptionBudget?.maxUnavailable ?? 1;
            const messages = [
                ...((replicas ?? 1) < 2 ? [`has ${replicas ?? 1} worker, expected at least 2`] : []),
                ...((replicas ?? 1) >= 2 && unavailable >= (replicas ?? 1)
                    ? ["its PodDisruptionBudget allows all workers to be unavailable"]
                    : []),
            ];
            return production ? messages.map((message) => ({ subject: subjectOf(object), message })) : [];
        }),
};

interface Statement {
    Effect?: string;
    Action?: string | string[];
    Resource?: string | string[];
}

const values = (item: string | string[] = []): string[] => [item].flat();

const noWildcardIam: Policy = {
    name: "no-wildcard-iam",
    description: "IAM policies allow named actions on named resources",
    check: ({ evaluation }) =>
        evaluation.resources
            // unknown in a preview where it names a resource that does not exist yet
            .filter(({ type, inputs }) => /^aws:iam\/(rolePolicy|policy):/.test(type) && inputs.policy !== undefined)
            .flatMap(({ name, inputs }) => {
                const text = typeof inputs.policy === "string" ? inputs.policy : JSON.stringify(inputs.policy);
                const { Statement: statements } = JSON.parse(text) as { Statement: Statement | Statement[] };
                return [statements]
                    .flat()
                    .filter(({ Effect }) => Effect === "Allow")
                    .flatMap(({ Action, Resource }) => [
                        ...values(Action).filter((action) => action === "*" || action.endsWith(":*")),
                        ...values(Resource).filter((resource) => resource === "*"),
                    ])
                    .map((found) => ({ subject: `IAM policy ${name}`, message: `allows ${found}` }));
            }),
};

const restrictedPods: Policy = {
    name: "restricted-pods",
    description: "Pods of this program fit the restricted Pod Security Standard",
    check: ({ evaluation }) =>
        kubernetesObjects(evaluation).flatMap((object) => {
            const podContext = (object.spec?.template?.spec?.securityContext ?? {}) as Container["securityContext"];
            return containersOf(object).flatMap(({ name, securityContext }) => {
                const context = { ...podContext, ...securityContext };
                const isRestricted =
                    context.allowPrivilegeEscalation === false &&
                    context.runAsNonRoot === true &&
                    context.capabilities?.drop?.includes("ALL") === true &&
                    ["RuntimeDefault", "Localhost"].includes(context.seccompProfile?.type ?? "");
                return isRestricted
                    ? []
                    : [{ subject: subjectOf(object), message: `container ${name} is not restricted` }];
            });
        }),
};

const historyRetention: Policy = {
    name: "history-retention",
    description: "Topics with a schema history keep every record in one partition",
    check: ({ evaluation }) => {
        const histories = new Set(
            objectsOfKind(evaluation, "KafkaConnector").map(
                ({ spec }) => spec.config["schema.history.internal.kafka.topic"] as unknown,
            ),
        );
        return objectsOfKind(evaluation, "KafkaTopic")
            .filter(({ metadata, spec }) => histories.has(spec.topicName ?? metadata.name))
            .flatMap((object) => {
                const { partitions, config = {} } = object.spec as {
                    partitions?: number;
                    config?: Record<string, unknown>;
                };
                const messages = [
                    ...(partitions === 1
                        ? []
                        : [`has ${partitions ?? "the default number of"} partitions, expected 1`]),
                    ...(String(config["retention.ms"]) === "-1" ? [] : ["retention.ms is not -1"]),
                    ...(config["cleanup.policy"] === "delete" ? [] : ["cleanup.policy is not delete"]),
                ];
                return messages.map((message) => ({ subject: subjectOf(object), message }));
            });
    },
};

/** Every policy. */
export const policies: readonly Policy[] = [
    pinnedImages,
    noLiteralCredentials,
    protectedState,
    availableWorkers,
    noWildcardIam,
    restrictedPods,
    historyRetention,
];

/** The violations of a stack. */
export const checkPolicies = (subject: PolicySubject): Violation[] =>
    policies.flatMap(({ name, check }) => check(subject).map((found) => ({ policy: name, ...found })));
