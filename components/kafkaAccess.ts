import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource";
import * as pulumi from "@pulumi/pulumi";
import type { TopicSettings } from "../src/schema/kafkaAccess";
import { kafkaTopicSpec, topicObstacle, topicResourceName } from "../src/strimzi/kafkaTopic";
import { kafkaUserSpec, type KafkaUserDefinition } from "../src/strimzi/kafkaUser";
import type { StrimziRelease } from "../src/release/releases";
import { readinessAnnotations, timeouts } from "./internal/readiness";
import { componentType, childOptions } from "./internal/componentOptions";

/** Arguments of KafkaAccess. */
export interface KafkaAccessArgs {
    /** Name of the Kafka resource. */
    cluster: string;
    namespace: string;
    release: StrimziRelease;
    topics: readonly TopicSettings[];
    /** Replicas of a topic that does not say. Default: left to the broker. */
    replicationFactor?: number;
    /** Whether the cluster has Cruise Control, which moves replicas. */
    cruiseControl: boolean;
    users: readonly KafkaUserDefinition[];
    /** Whether the cluster authorizes by ACLs. */
    authorization: boolean;
    wait: boolean;
    timeoutMinutes: number;
    /** Whether the deletion of a topic is refused. */
    protect: boolean;
}

/** Topics and users of a Kafka cluster. Whoever logs in depends on it, so that its Secret is there. */
export class KafkaAccess extends pulumi.ComponentResource {
    constructor(name: string, args: KafkaAccessArgs, opts?: pulumi.ComponentResourceOptions) {
        super(componentType("KafkaAccess"), name, {}, opts);
        const { cluster, namespace, release, protect } = args;
        const resource = (
            kind: string,
            graphName: string,
            objectName: string,
            spec: Record<string, unknown>,
            more: pulumi.CustomResourceOptions = {},
        ) =>
            new CustomResource(
                `${name}-${graphName}`,
                {
                    apiVersion: release.apiVersion,
                    kind,
                    metadata: {
                        name: objectName,
                        namespace,
                        labels: {
                            "strimzi.io/cluster": cluster,
                            "app.kubernetes.io/part-of": "kafka-connect-platform",
                        },
                        annotations: readinessAnnotations(args),
                    },
                    spec,
                },
                childOptions(this, opts, { customTimeouts: timeouts(args), ...more }),
            );
        const guard = args.topics.length > 0 ? topicGuard(name, args.cruiseControl) : undefined;
        for (const topic of args.topics) {
            const spec = kafkaTopicSpec(topic, topic.replicationFactor ?? args.replicationFactor);
            resource("KafkaTopic", `topic-${topic.name}`, topic.resource ?? topicResourceName(topic.name), spec, {
                protect,
                retainOnDelete: protect,
                hooks: { beforeUpdate: [guard!] },
            });
        }
        for (const user of args.users)
            resource("KafkaUser", `user-${user.name}`, user.name, kafkaUserSpec(user, args.authorization));
        this.registerOutputs({});
    }
}

/**
 * Refuses what Kafka cannot do to a topic, in a preview already: the topic operator would only say so in the resource's
 * status, after `pulumi up` had taken it for done. What the stack's state does not know, a change by kubectl say, slips through.
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
