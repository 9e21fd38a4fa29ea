/** Budgets for voluntary disruptions: those that block every drain of a node, and those that protect nothing. */
import { issue, type Issue, type SettingPath } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { kafkaVersionOf } from "../release/releases";
import { brokerConfig } from "../strimzi/brokerConfig";
import { brokersOf } from "../strimzi/kafkaNodePool";
import { isObject } from "../util/data";

interface Budget {
    readonly at: SettingPath;
    readonly maxUnavailable: number;
    /** Pods that the budget covers. */
    readonly pods: number;
    readonly what: string;
    /** Pods that can be missing at once without an outage. */
    readonly spare: number;
    /** What more missing pods cause. */
    readonly outage: string;
}

const atPath = (value: unknown, path: readonly string[]): unknown =>
    path.reduce<unknown>((current, step) => (isObject(current) ? current[step] : undefined), value);

const budgetPath = ["template", "podDisruptionBudget", "maxUnavailable"];

/** A budget by its setting, or by the `spec` that overrides it. */
function written(
    section: string,
    { maxUnavailable, spec }: { maxUnavailable: number; spec?: unknown },
    path = budgetPath,
): Pick<Budget, "at" | "maxUnavailable"> {
    const overridden = atPath(spec, path);
    return typeof overridden === "number"
        ? { at: [section, "spec", ...path], maxUnavailable: overridden }
        : { at: [section, "maxUnavailable"], maxUnavailable };
}

function budgetsOf({ connect, kafkaCluster, strimzi }: ParsedSections): Budget[] {
    const workers = connect?.install && !connect.use ? connect : undefined;
    const ofWorkers = workers && {
        ...written("connect", workers),
        pods: workers.replicas,
        what: "workers",
        spare: workers.replicas - 1,
        outage: "no connector runs until one is back",
    };
    if (!kafkaCluster) return ofWorkers ? [ofWorkers] : [];
    const config = brokerConfig(kafkaCluster, kafkaVersionOf(strimzi!));
    const spare = Number(config["default.replication.factor"]) - Number(config["min.insync.replicas"]);
    const ofKafka = {
        ...written("kafkaCluster", kafkaCluster, ["kafka", ...budgetPath]),
        pods: brokersOf(kafkaCluster),
        what: "brokers",
        spare: Math.max(spare, 1),
        outage: "topics have fewer replicas in sync than min.insync.replicas and cannot be written",
    };
    return ofWorkers ? [ofWorkers, ofKafka] : [ofKafka];
}

function warningOf({ at, maxUnavailable, pods, what, spare, outage }: Budget): Issue[] {
    if (maxUnavailable === 0)
        return [
            issue(
                "KCP_CONFLICTING_SETTINGS",
                at,
                "with 0 no pod can be evicted: a node cannot be drained, and an upgrade of the nodes waits, unless " +
                    "Strimzi's Drain Cleaner is installed, which restarts the pods itself",
            ),
        ];
    // a single pod has no budget that both protects it and lets a node be drained
    if (pods <= 1 || maxUnavailable <= spare) return [];
    return [
        issue(
            "KCP_CONFLICTING_SETTINGS",
            at,
            `allows ${maxUnavailable} of ${pods} ${what} to be evicted at once: then ${outage}; use at most ${spare}`,
        ),
    ];
}

/** Warnings about the budgets of the workers and of the Kafka cluster. */
export const disruptionWarnings = (sections: ParsedSections): Issue[] => budgetsOf(sections).flatMap(warningOf);
