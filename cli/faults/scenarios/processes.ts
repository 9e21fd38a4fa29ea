/** Scenarios in which a process ends, the network is cut, or a disk is full. */
import { until } from "../../../src/local/ports";
import { pause } from "../../../src/util/pause";
import type { Rig } from "../rig";
import {
    killDatabase,
    killInSnapshot,
    killWorker,
    optionsForLargeRows,
    writeLargeRow,
    writingMs,
    type Scenario,
    type ScenarioRun,
} from "./scenario";

/** Kills the worker twice. */
async function killWorkerTwice(rig: Rig): Promise<void> {
    for (let round = 0; round < 2; round++) {
        await killWorker(rig);
        await pause(writingMs);
    }
}

/** Waits until the task runs, as a worker reports it. */
const taskRuns = (api: Rig["api"], name: string): Promise<true> =>
    until("the task on the other worker", 120_000, async () => {
        const status = await api.status(name).catch(() => undefined);
        return status?.tasks.some(({ state }) => state === "RUNNING") ? true : undefined;
    });

/** A worker with a small heap takes over, and its heap is full with a large row; the first one takes over again. */
async function fillHeap(rig: Rig, run: ScenarioRun): Promise<void> {
    const small = await rig.startWorker("worker-small", "112m");
    await rig.worker.kill();
    await pause(writingMs);
    await taskRuns(small.api, run.name);
    await writeLargeRow(run, 30);
    await until("the end of the worker", 60_000, async () => (small.running.isAlive ? undefined : true));
    rig.worker.restart();
    await rig.api.ready(300_000);
    await pause(writingMs);
}

/** A second worker takes over from the first one, which then takes over again. */
async function exchangeWorkers(rig: Rig, { name }: ScenarioRun): Promise<void> {
    const second = await rig.startWorker("worker-2");
    try {
        await pause(writingMs);
        await rig.worker.kill();
        await pause(writingMs);
        await taskRuns(second.api, name);
        rig.worker.restart();
        await rig.api.ready(300_000);
        await pause(writingMs);
    } finally {
        await second.running.kill();
    }
    await pause(writingMs);
    await rig.api.ready(300_000);
}

export const processScenarios: readonly Scenario[] = [
    {
        name: "worker",
        isCovered: true,
        what: "The worker is killed (SIGKILL), twice",
        covered: "The default: offsets are committed after the records, so that a change is repeated rather than lost",
        nightly: true,
        act: killWorkerTwice,
    },
    {
        name: "broker",
        isCovered: true,
        what: "The only broker is killed and starts again",
        covered: "The default: the producer waits for acknowledgements of all replicas and repeats",
        nightly: true,
        act: async (rig) => {
            await rig.broker.kill();
            await pause(2000);
            rig.broker.restart();
            await pause(writingMs);
        },
    },
    {
        name: "database",
        isCovered: true,
        what: "PostgreSQL is killed and starts again",
        covered: "The default: autoRestart restarts a failed task, which continues at the slot",
        nightly: true,
        act: (_, run) => killDatabase(run),
    },
    {
        name: "network",
        isCovered: true,
        what: "The network between worker and database is cut for 10 seconds",
        covered: "The default: autoRestart, and Debezium's retries. The alert DebeziumDisconnected after 5 minutes",
        act: async (_, { source }) => {
            source.network.cut();
            await pause(10_000);
            source.network.restore();
            await pause(writingMs);
        },
    },
    {
        name: "broker-network",
        isCovered: true,
        what: "The network between workers and broker is cut for 10 seconds",
        covered:
            "The default: the producer repeats for two minutes (`delivery.timeout.ms`), and the worker joins again",
        act: async ({ brokerNetwork }) => {
            brokerNetwork.cut();
            await pause(10_000);
            brokerNetwork.restore();
            await pause(writingMs);
        },
    },
    {
        name: "broker-disk",
        isCovered: true,
        needsDisk: true,
        what: "The broker's disk is full for 10 seconds; the broker ends and starts again",
        covered:
            "The default, as for a killed broker. Alerts for the volume are those of Kubernetes " +
            "(KubePersistentVolumeFillingUp)",
        act: async (rig) => {
            rig.disks.broker!.fill();
            await pause(10_000);
            rig.disks.broker!.release();
            if (rig.broker.isAlive) await rig.broker.kill();
            rig.broker.restart();
            await pause(writingMs);
        },
    },
    {
        name: "workers",
        isCovered: true,
        what: "A second worker joins, the first one is killed and joins again, and the second one is killed",
        covered: "The default: a rebalance moves the task, which continues at the stored offset",
        act: exchangeWorkers,
    },
    {
        name: "worker-memory",
        isCovered: true,
        what: "The heap of a worker is full, because a row of 30 MB is written; a worker with more heap takes over",
        covered:
            "The default: `-XX:+ExitOnOutOfMemoryError` ends the worker, and the group assigns its tasks to others. " +
            "The alert KafkaConnectWorkerRestarts, where it happens again and again",
        options: optionsForLargeRows,
        act: fillHeap,
    },
    {
        name: "database-disk",
        isCovered: true,
        needsDisk: true,
        what: "PostgreSQL's disk is full for 10 seconds",
        covered:
            "PostgreSQL refuses the changes or ends, and what it has committed is in its log. The default: " +
            "autoRestart. The alerts PostgresSlotRetainsWal and PostgresDiskFullSoon before, where a slot is the " +
            "reason",
        act: async (rig, run) => {
            rig.disks.postgres!.fill();
            // the next segment of the log has no room
            await run.sql("SELECT pg_switch_wal()").catch(() => undefined);
            await pause(10_000);
            rig.disks.postgres!.release();
            if (!run.source.server.running.isAlive) run.source.server.running.restart();
            await pause(writingMs);
        },
    },
    {
        name: "mysql-database",
        kind: "mysql",
        isCovered: true,
        what: "MySQL (MariaDB) is killed and starts again",
        covered: "The default: autoRestart restarts a failed task, which continues in the binary log",
        act: (_, run) => killDatabase(run),
    },
    {
        name: "snapshot",
        what: "The worker is killed during the initial snapshot, while rows are deleted",
        covered:
            "A repeated snapshot does not remove rows that the first attempt wrote and that were deleted later. " +
            "Consumers see them as rows that exist. Fix: compact the topic and write tombstones, or start with " +
            "empty topics (runbook snapshot-stuck)",
        rows: 60_000,
        duringSnapshot: true,
        act: killInSnapshot,
    },
    {
        name: "mysql-worker",
        kind: "mysql",
        isCovered: true,
        what: "The worker of a MySQL source is killed, twice",
        covered: "The default, as for PostgreSQL: the offset is a place in the binary log",
        act: killWorkerTwice,
    },
    {
        name: "mysql-snapshot",
        kind: "mysql",
        what: "The worker of a MySQL source is killed during the initial snapshot, while rows are deleted",
        covered:
            "As for PostgreSQL. MySQL reads in the order of the key, so that the deleted rows were not written yet",
        rows: 60_000,
        duringSnapshot: true,
        act: killInSnapshot,
    },
];
