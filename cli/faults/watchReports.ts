/** Watches what the platform's alerts and the status read, so that a silent loss is recognized as silent. */
import { activeAlerts, queryNow, type ActiveAlert } from "../../src/local/prometheus";
import { connectRuleGroups } from "../../src/metrics/alerts/ruleFiles";
import { pause } from "../../src/util/pause";
import { readDatabaseFacts } from "../../src/local/databaseFacts";
import { judge } from "../check/databases";
import type { Declaration, Rig } from "./rig";
import type { Source } from "./sources";

/** A watch that goes on until it is stopped. */
export interface ReportWatch {
    stop(): Promise<string[]>;
}

/** What is watched. */
export interface Watched {
    /** Names of the connectors. */
    readonly connectors: readonly string[];
    /** Name of the replication slot. */
    readonly slot: string;
    /** Whether alerts for the whole cluster are about this scenario. */
    readonly wholeCluster: boolean;
}

/** The source whose database is checked at the end. */
export interface CheckedSource {
    readonly rig: Rig;
    readonly declaration: Declaration;
    readonly source: Source;
    readonly database: string;
}

/** Alerts that fire at once: they report what has happened, others what lasts. */
const immediate = new Set(
    connectRuleGroups({ slotWalBudgetGiB: 1 })
        .flatMap(({ rules }) => rules)
        .filter((rule) => rule.for === "0m")
        .map(({ alert }) => alert),
);

/** What `kcp check --connect` finds in the database of a source. */
async function checkDatabase({ rig, declaration, source, database }: CheckedSource): Promise<string[]> {
    const { server } = source;
    const url = new URL(`${source.kind}://${server.user}:${server.password}@127.0.0.1:${server.port}/${database}`);
    const { issues, warnings } = judge([rig.resolve(declaration)], await readDatabaseFacts(url));
    return [...issues, ...warnings].map(({ code }) => `check --connect: ${code}`);
}

/** Whether an alert is about what is watched. */
export function isAbout({ labels }: Pick<ActiveAlert, "labels">, { connectors, slot, wholeCluster }: Watched): boolean {
    const connector = labels.connector ?? labels.server;
    if (labels.slot_name) return labels.slot_name === slot;
    return connector === undefined ? wholeCluster : connectors.includes(connector);
}

async function firingAlerts(prometheus: string, watched: Watched): Promise<string[]> {
    const alerts = await activeAlerts(prometheus);
    return alerts
        .filter((alert) => alert.state === "firing" && isAbout(alert, watched))
        .map(({ labels }) => labels.alertname);
}

/** Begins to watch. */
export function watchReports(rig: Rig, watched: Watched, checked: CheckedSource): ReportWatch {
    const seen = new Set<string>();
    let lasting: string[] = [];
    let stopped = false;

    const look = async () => {
        for (const name of watched.connectors) {
            const status = await rig.status(name);
            if (status?.connector.state === "FAILED") seen.add("status: connector FAILED");
            if (status?.tasks.some(({ state }) => state === "FAILED")) seen.add("status: task FAILED");
        }
        if (!rig.prometheus) return;
        const servers = watched.connectors.join("|");
        const query = `debezium_connected{context="streaming", server=~"${servers}"} == 0`;
        if ((await queryNow(rig.prometheus, query)).length > 0) seen.add("metric: Connected is 0");
        lasting = await firingAlerts(rig.prometheus, watched);
        for (const alert of lasting.filter((name) => immediate.has(name))) seen.add(`alert: ${alert}`);
    };
    const loop = (async () => {
        while (!stopped) {
            await look().catch(() => undefined);
            await pause(1000);
        }
    })();
    return {
        stop: async () => {
            stopped = true;
            await loop;
            for (const finding of await checkDatabase(checked)) seen.add(finding);
            return [...new Set([...seen, ...lasting.map((alert) => `alert: ${alert}`)])].sort();
        },
    };
}
