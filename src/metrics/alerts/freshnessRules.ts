/**
 * Freshness as a service level objective: how far each connector is behind, whether that is within the objective, and
 * alerts on how fast the error budget is used up. Pure.
 *
 * @see https://sre.google/workbook/alerting-on-slos/
 */
import { clusterLabels, connectorLabels, perConnector, type Alert } from "./alert";

/** The objective. */
export interface FreshnessObjective {
    /** Seconds that a connector may be behind. */
    readonly freshnessSeconds: number;
    /** Share of the time in which it must not be further behind, such as 0.99. */
    readonly objective: number;
}

/** A series that a rule computes from others. */
export interface RecordingRule {
    /** Name of the series. */
    readonly record: string;
    /** PromQL of its values. */
    readonly expr: string;
}

/** Seconds that a connector is behind. */
export const behindSeconds = "kafka_connect:behind_seconds";

/** 1 for a connector that is within the objective, 0 for one that is not. */
export const isFresh = "kafka_connect:fresh";

const taskLabels = `${connectorLabels}, task`;
const heartbeats = 'kafka_producer_topic_record_send{topic=~"__debezium-heartbeat[.].*"}';

/**
 * Seconds that Debezium's sources are behind their databases. The metric has the topic prefix only; the topic of the
 * heartbeats has it in its name, and its series has the connector. -1: no change since the start.
 */
const sourceBehind = (): string => {
    const servers = `label_replace(${heartbeats}, "server", "$1", "topic", "__debezium-heartbeat[.](.*)")`;
    const lag = `max by (${clusterLabels}, server) (debezium_millisecondsbehindsource{context="streaming"})`;
    return (
        `max by (${connectorLabels}) (clamp_min(${lag} / 1000, 0) * on (${clusterLabels}, server) ` +
        `group_right () group by (${connectorLabels}, server) (${servers}))`
    );
};

/**
 * Seconds that sinks are behind their topics, estimated as the records that wait by those that are read in a second.
 * The smallest number of a window is used: a record that has just arrived is not a delay.
 */
const sinkBehind = (window: string): string => {
    const perTask = (expr: string) => `max by (${taskLabels}) (${expr})`;
    const waiting = perTask(`min_over_time(kafka_consumer_fetch_manager_records_lag_max{connector!=""}[${window}])`);
    const rate = perTask('kafka_consumer_fetch_manager_records_consumed_rate{connector!=""}');
    return `max by (${connectorLabels}) ((${waiting} > 0) / ${rate} or 0 * (${waiting} >= 0))`;
};

/** Sources that send no heartbeat and sinks that have records and write none: their numbers above do not change. */
const stuck = (window: string): string =>
    `max by (${connectorLabels}) (increase(${heartbeats}[${window}])) == 0 or ` +
    `max by (${connectorLabels}) (min by (${taskLabels}) ` +
    `(min_over_time(kafka_connect_sink_task_sink_record_active_count[${window}])) > 0 and ` +
    `max by (${taskLabels}) (increase(kafka_connect_sink_task_sink_record_send[${window}])) == 0)`;

/** Sinks and Debezium's sources that are meant to run. */
const observed =
    `(${perConnector('kafka_connect_connector_status{status=~"running|failed"}')} and on (${connectorLabels}) ` +
    '(kafka_connect_connector_type{type="sink"} or kafka_connect_connector_class{class=~"io[.]debezium[.].*"}))';

const failed = `${perConnector("kafka_connect_worker_connector_failed_task_count")} > 0`;
const withoutTask = `${observed} unless on (${connectorLabels}) kafka_connect_connector_task_status{status="running"}`;

/** The rules that compute the series, in the order in which they read each other. */
export function freshnessRecordings({ freshnessSeconds }: FreshnessObjective): RecordingRule[] {
    // a window has several scrapes and heartbeats
    const window = `${Math.max(freshnessSeconds, 120)}s`;
    const stale = `(${behindSeconds} > ${freshnessSeconds} or ${stuck(window)} or ${failed} or ${withoutTask})`;
    return [
        { record: behindSeconds, expr: `${sourceBehind()} or ${sinkBehind(window)}` },
        { record: isFresh, expr: `0 * (${observed} and on (${connectorLabels}) ${stale}) or ${observed}` },
    ];
}

/** Share of the error budget of 30 days that is used up within a window, at which an alert fires. */
const burnRates = { fast: 14.4, slow: 6 } as const;

/** Connectors that use up their budget at a rate in both windows: the short one ends the alert soon after the fix. */
function burning(rate: number, [long, short]: readonly [string, string], { objective }: FreshnessObjective): string {
    const threshold = Number((rate * (1 - objective)).toPrecision(6));
    const above = (window: string) => `1 - avg_over_time(${isFresh}[${window}]) > ${threshold}`;
    return `${above(long)} and ${above(short)}`;
}

/** The alerts: 2 % of a month's budget within an hour, and 5 % within six. */
export function freshnessAlerts(slo: FreshnessObjective): readonly Alert[] {
    const percent = Number((slo.objective * 100).toPrecision(6));
    const goal = `${percent} % of the time at most ${slo.freshnessSeconds} s behind`;
    return [
        {
            name: "FreshnessBudgetBurnsFast",
            severity: "critical",
            expr: burning(burnRates.fast, ["1h", "5m"], slo),
            for: "2m",
            summary: "Connector {{ $labels.connector }} was too late for {{ $value | humanizePercentage }} of an hour",
            description: `The objective is ${goal}. At this rate the error budget of 30 days is used up in two days.`,
            runbook: "freshness",
        },
        {
            name: "FreshnessBudgetBurnsSlowly",
            severity: "warning",
            expr: burning(burnRates.slow, ["6h", "30m"], slo),
            for: "15m",
            summary:
                "Connector {{ $labels.connector }} was too late for {{ $value | humanizePercentage }} of six hours",
            description: `The objective is ${goal}. At this rate the error budget of 30 days is used up in five days.`,
            runbook: "freshness",
        },
    ];
}
