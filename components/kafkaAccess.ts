import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource";
import * as pulumi from "@pulumi/pulumi";
import type { KafkaTopicSpec } from "../src/release/types/kafkaTopicSpec";
import type { KafkaUserSpec } from "../src/release/types/kafkaUserSpec";
import { strimziRelease } from "../src/release/releases";
import { kafkaAccess, type TopicSettings } from "../src/schema/kafkaAccess";
import { kafkaCluster } from "../src/schema/kafkaCluster";
import { strimzi } from "../src/schema/strimzi";
import { object } from "../src/schema/primitives";
import { userAcls } from "../src/strimzi/acls";
import { kafkaTopicSpec, topicObstacle, topicResourceName } from "../src/strimzi/kafkaTopic";
import { kafkaUserSpec } from "../src/strimzi/kafkaUser";
import {
    childOptions,
    componentOptions,
    componentType,
    statefulOptions,
    strimziAliases,
} from "./internal/componentOptions";
import { objectMetadata } from "./internal/objectMetadata";
import { settingsFromArgs } from "./internal/settingsFromArgs";
import { deleteAtOnce, waitAnnotations, waitTimeouts } from "./internal/waitAnnotations";
import type { KafkaAccessArgs } from "./kafkaAccessArgs";

const schema = object({
    ...kafkaAccess.pick({ topics: true, users: true }).shape,
    strimziVersion: strimzi.shape.version,
    replicationFactor: kafkaCluster.shape.replicationFactor,
    cruiseControl: kafkaCluster.shape.cruiseControl,
    waitForReady: kafkaCluster.shape.wait,
    timeoutMinutes: kafkaCluster.shape.timeoutMinutes,
});

/**
 * Topics and users of a Kafka cluster that Strimzi runs. What authenticates as one of the users depends on this
 * component, so that the user's Secret exists.
 *
 * ```ts
 * new KafkaAccess("access", {
 *     cluster: kafka.name,
 *     namespace: kafka.namespace,
 *     topics: [{ name: "orders", partitions: 6, retention: "7d" }],
 *     users: [{ name: "billing", consume: ["orders"] }],
 * }, { provider });
 * ```
 */
export class KafkaAccess extends pulumi.ComponentResource {
    /** Names of the topics. */
    public readonly topics: string[];
    /** Names of the users, and of the Secrets with their credentials. */
    public readonly users: string[];

    constructor(name: string, args: KafkaAccessArgs, opts?: pulumi.ComponentResourceOptions) {
        super(componentType("KafkaAccess"), name, args, componentOptions(name, opts, "KafkaAccess"));
        const { cluster, namespace, authorization = true, protect, ...rest } = args;
        const settings = settingsFromArgs(schema, rest, `KafkaAccess ${name}`);
        const { apiVersion } = strimziRelease(settings.strimziVersion);
        const child = (
            kind: string,
            resourceName: string,
            objectName: string,
            { labels, annotations }: TopicSettings["metadata"],
            spec: KafkaTopicSpec | KafkaUserSpec,
            more?: pulumi.CustomResourceOptions,
        ) =>
            new CustomResource(
                `${name}-${resourceName}`,
                {
                    apiVersion,
                    kind,
                    metadata: objectMetadata(objectName, namespace, {
                        labels: { ...labels, "strimzi.io/cluster": cluster },
                        annotations: { ...deleteAtOnce, ...annotations, ...waitAnnotations(settings.waitForReady) },
                    }),
                    spec,
                },
                childOptions(this, opts, {
                    customTimeouts: waitTimeouts(settings.timeoutMinutes),
                    ...strimziAliases(kind, apiVersion),
                    ...more,
                }),
            );
        const options = statefulOptions(protect);
        const guards = settings.topics.length > 0 ? { beforeUpdate: [topicGuard(name, settings.cruiseControl)] } : {};
        for (const topic of settings.topics) {
            const spec = kafkaTopicSpec(topic, topic.replicationFactor ?? settings.replicationFactor);
            const objectName = topic.resource ?? topicResourceName(topic.name);
            child("KafkaTopic", `topic-${topic.name}`, objectName, topic.metadata, spec, {
                ...options,
                hooks: { ...options.hooks, ...guards },
            });
        }
        for (const user of settings.users) {
            const { name: userName, authentication = "tls", quotas } = user;
            const spec = kafkaUserSpec({ name: userName, authentication, quotas, acls: userAcls(user) }, authorization);
            child("KafkaUser", `user-${userName}`, userName, user.metadata, spec);
        }
        this.topics = settings.topics.map((topic) => topic.name);
        this.users = settings.users.map((user) => user.name);
        this.registerOutputs({ topics: this.topics, users: this.users });
    }
}

/**
 * Rejects, in a preview too, a change of a topic that Kafka cannot make: the topic operator reports it only in the
 * resource's status, after `pulumi up` has succeeded. The hook compares with the stack's state, and so does not see
 * changes by kubectl.
 */
const topicGuard = (name: string, cruiseControl: boolean): pulumi.ResourceHook =>
    new pulumi.ResourceHook(
        `${name}-topic-guard`,
        ({ oldInputs, newInputs }) => {
            const obstacle = topicObstacle(oldInputs?.spec ?? {}, newInputs?.spec ?? {}, cruiseControl);
            if (obstacle) throw new Error(obstacle);
        },
        { onDryRun: true },
    );
