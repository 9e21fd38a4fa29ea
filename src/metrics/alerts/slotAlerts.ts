/**
 * Alerts for PostgreSQL's replication slots, which are not in JMX: they read what Prometheus' postgres_exporter serves.
 * Version 0.16 added the status of the WAL, and 0.20 renamed its metric.
 */
import type { Alert } from "./alert";

const bytesBehind = "max by (server, slot_name) (pg_replication_slots_pg_wal_lsn_diff)";

/**
 * The alerts.
 *
 * @param budgetGiB GiB of WAL that the database's disk can take
 */
export function slotAlerts(budgetGiB: number): readonly Alert[] {
    const budget = `${budgetGiB} * 1024 ^ 3`;
    return [
        {
            name: "PostgresSlotRetainsWal",
            severity: "warning",
            expr: `${bytesBehind} > 0.25 * ${budget}`,
            for: "10m",
            summary: "Slot {{ $labels.slot_name }} keeps {{ $value | humanize1024 }}B of WAL",
            description: "The connector that reads it is behind, or its slot does not advance.",
            runbook: "slot-retains-wal",
        },
        {
            name: "PostgresDiskFullSoon",
            severity: "critical",
            expr:
                `${bytesBehind} + 6 * 3600 * deriv((${bytesBehind})[1h:1m]) > ${budget} ` +
                `and deriv((${bytesBehind})[1h:1m]) > 0`,
            for: "15m",
            summary: `Slot {{ $labels.slot_name }} will have kept ${budgetGiB} GiB of WAL within six hours`,
            description: "When the disk is full, the database stops. The fix must not wait.",
            runbook: "slot-retains-wal",
        },
        {
            name: "PostgresSlotInactive",
            severity: "warning",
            expr: "max by (server, slot_name) (pg_replication_slots_active) == 0",
            for: "10m",
            summary: "Nobody reads slot {{ $labels.slot_name }}",
            description: "Its connector is stopped, failed or deleted. The database keeps WAL for it without limit.",
            runbook: "slot-inactive",
        },
        {
            name: "PostgresSlotLost",
            severity: "critical",
            expr:
                "max by (server, slot_name, wal_status) " +
                '({__name__=~"pg_replication_slots?_wal_status", wal_status=~"unreserved|lost"}) == 1',
            for: "0m",
            summary: "Slot {{ $labels.slot_name }} is {{ $labels.wal_status }}: WAL that it needs is removed",
            description: "`unreserved` can still be saved if the connector catches up now; `lost` cannot.",
            runbook: "slot-lost",
        },
    ];
}
