/** Scenarios in which topics are deleted, or contain what a sink cannot read. */
import { pause } from "../../../src/util/pause";
import type { Rig } from "../rig";
import { writingMs, type Scenario, type ScenarioRun } from "./scenario";

/** Writes a record that is not JSON into the topic of the source. */
async function writePoison(rig: Rig, { name, database, source }: ScenarioRun): Promise<void> {
    await rig.producer.send({ topic: source.topicOf(name, database), messages: [{ value: "{ not JSON" }] });
    await pause(writingMs);
}

export const topicScenarios: readonly Scenario[] = [
    {
        name: "topic",
        isIsolated: true,
        what: "The topic is deleted while the source runs",
        covered:
            "The alert KafkaConnectSourceStuck. Topics of `kafkaAccess` are created again by the topic operator; " +
            "what was in the topic is lost. Fix: restart the connector, and read the rows again by `kcp snapshot` " +
            "(runbook topic-deleted)",
        nightly: true,
        act: async (rig, { name, database, source }) => {
            await rig.admin.deleteTopics({ topics: [source.topicOf(name, database)] });
            await pause(6000);
        },
    },
    {
        name: "history",
        kind: "mysql",
        isIsolated: true,
        what: "The schema history of a MySQL source is deleted, and the source restarts",
        covered:
            "Until the restart nothing changes: the source has the history in memory. Then the task fails, and the " +
            "alert KafkaConnectTaskFailed reports it. Fix: `snapshot.mode: recovery` (runbook schema-history)",
        act: async (rig, { name }) => {
            await rig.admin.deleteTopics({ topics: [`schema-history.${name}`] });
            await pause(8000);
            await rig.api.restart(name);
            await pause(writingMs);
        },
    },
    {
        name: "poison",
        isIsolated: true,
        sink: {},
        what: "A record that is not JSON is in the topic of a JDBC sink",
        covered:
            "The sink stops at the record: nothing is lost, and nothing arrives any more. The alert " +
            "KafkaConnectTaskFailed. Fix: `errors: { tolerance: all }`, or skip the record (runbook connector-failed)",
        act: writePoison,
    },
    {
        name: "poison-queue",
        isIsolated: true,
        isCovered: true,
        sink: { errors: { tolerance: "all" } },
        what: "The same, and the sink has `errors: { tolerance: all }`",
        covered:
            "The record is in the dead letter queue, and the alert KafkaConnectDeadLetterQueueGrowing reports it; " +
            "`kcp dlq` shows it (runbook records-skipped)",
        act: writePoison,
    },
];
