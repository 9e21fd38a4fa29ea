/** An objective for the freshness of connectors. */
export interface FreshnessObjectiveArgs {
    /** Seconds that a source may be behind its database, or a sink behind its topics. */
    freshnessSeconds: number;
    /** Share of the time in which each connector must not be further behind, from 0.95 to 0.9999. */
    objective: number;
}
