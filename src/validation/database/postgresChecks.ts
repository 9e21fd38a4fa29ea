/** A PostgreSQL server against the sources that read from it. Pure. */
import type { ResolvedConnector } from "../../connectors/template";
import { issue, type Issue } from "../../schema/issues";
import type { PostgresFacts } from "./facts";
import { capturedFacts, tableChecks, tablePath, withoutKey } from "./tableChecks";

/** What is wrong for the sources of one server, all connectors at once: they share its slots. */
export function postgresChecks(connectors: readonly ResolvedConnector[], facts: PostgresFacts): Issue[] {
    return [
        ...connectors.flatMap((connector) => [
            ...serverChecks(connector, facts),
            ...publicationChecks(connector, facts),
            ...tableChecks(connector, facts.tables),
            ...identityChecks(connector, facts),
        ]),
        ...slotChecks(connectors, facts),
    ];
}

function serverChecks(connector: ResolvedConnector, { walLevel, user, canReplicate }: PostgresFacts): Issue[] {
    const path = connector.settingPath("database.hostname");
    return [
        ...(walLevel === "logical"
            ? []
            : [
                  issue(
                      "KCP_DATABASE_SETTING",
                      path,
                      `(${connector.name}) wal_level is ${walLevel}, expected logical; ` +
                          "ALTER SYSTEM SET wal_level = logical, and restart (on RDS: rds.logical_replication = 1)",
                  ),
              ]),
        ...(canReplicate
            ? []
            : [
                  issue(
                      "KCP_DATABASE_RIGHTS",
                      path,
                      `(${connector.name}) the user ${user} has no right to replicate; ALTER ROLE … REPLICATION ` +
                          "(on RDS: GRANT rds_replication TO …)",
                  ),
              ]),
    ];
}

/** Slots that exist are used again; each of the others needs a free one, and each source a sender. */
function slotChecks(connectors: readonly ResolvedConnector[], facts: PostgresFacts): Issue[] {
    const existing = new Set(facts.slots.map(({ name }) => name));
    const slotOf = ({ config }: ResolvedConnector) => String(config["slot.name"] ?? "debezium");
    const added = connectors.filter((connector) => !existing.has(slotOf(connector)));
    const free = facts.maxSlots - facts.slots.length;
    const freeSenders = facts.maxSenders - facts.usedSenders;
    const lost = connectors.filter((connector) =>
        facts.slots.some(({ name, walStatus }) => name === slotOf(connector) && walStatus === "lost"),
    );
    return [
        ...added
            .slice(Math.max(free, 0))
            .map((connector) =>
                issue(
                    "KCP_DATABASE_SETTING",
                    connector.settingPath("slot.name"),
                    `(${connector.name}) no replication slot is free: ${facts.slots.length} of ${facts.maxSlots} ` +
                        `(max_replication_slots) exist and this stack needs ${added.length} more`,
                ),
            ),
        ...added
            .slice(Math.max(freeSenders, 0))
            .map((connector) =>
                issue(
                    "KCP_DATABASE_SETTING",
                    connector.settingPath("slot.name"),
                    `(${connector.name}) no WAL sender is free: ${facts.usedSenders} of ${facts.maxSenders} ` +
                        `(max_wal_senders) are used and this stack needs ${added.length} more`,
                ),
            ),
        ...lost.map((connector) =>
            issue(
                "KCP_DATABASE_SETTING",
                connector.settingPath("slot.name"),
                `(${connector.name}) the write-ahead log of the slot ${slotOf(connector)} was removed; drop the slot ` +
                    "and give the connector a new version, which takes a new snapshot",
            ),
        ),
    ];
}

function publicationChecks(connector: ResolvedConnector, facts: PostgresFacts): Issue[] {
    const { config, name } = connector;
    const publication = String(config["publication.name"] ?? "dbz_publication");
    const autocreate = String(config["publication.autocreate.mode"] ?? "all_tables");
    const path = connector.settingPath("publication.autocreate.mode");
    const existing = facts.publications[publication];
    const captured = capturedFacts(connector, facts.tables);
    if (existing === "all") return [];
    if (autocreate === "disabled") {
        if (!existing)
            return [
                issue(
                    "KCP_DATABASE_RIGHTS",
                    connector.settingPath("publication.name"),
                    `(${name}) the publication ${publication} does not exist, and publicationAutocreate is disabled`,
                ),
            ];
        return captured
            .filter((table) => !existing.includes(table.name))
            .map((table) =>
                issue(
                    "KCP_DATABASE_TABLE",
                    tablePath(connector, table.name),
                    `(${name}) ${table.name} is not in the publication ${publication}: its changes would be missing. ` +
                        `ALTER PUBLICATION ${publication} ADD TABLE ${table.name}`,
                ),
            );
    }
    if (existing && autocreate !== "filtered") return [];
    if (autocreate === "all_tables" && !facts.isSuperuser)
        return [
            issue("KCP_DATABASE_RIGHTS", path, `(${name}) only a superuser can create a publication of all tables`),
        ];
    const missing = [
        ...(existing || facts.canCreate ? [] : [`CREATE on the database, to create the publication ${publication}`]),
        ...captured
            .filter((table) => table.isOwner === false && !(existing ?? []).includes(table.name))
            .map((table) => `ownership of ${table.name}, to add it to the publication`),
    ];
    return missing.map((right) =>
        issue("KCP_DATABASE_RIGHTS", path, `(${name}) the user ${facts.user} lacks ${right}`),
    );
}

/** Without a key or REPLICA IDENTITY FULL, a published table refuses the application's UPDATE and DELETE. */
const identityChecks = (connector: ResolvedConnector, facts: PostgresFacts): Issue[] =>
    capturedFacts(connector, facts.tables)
        .filter(
            ({ hasPrimaryKey, replicaIdentity }) =>
                replicaIdentity === "nothing" || (!hasPrimaryKey && replicaIdentity === "default"),
        )
        .map(({ name, replicaIdentity }) =>
            issue(
                "KCP_DATABASE_KEY",
                tablePath(connector, name),
                `(${connector.name}) ${name} has ` +
                    (replicaIdentity === "nothing" ? "REPLICA IDENTITY NOTHING" : "no primary key") +
                    ": the application's UPDATE and DELETE fail while it is in a publication. Add a primary key, " +
                    `or ALTER TABLE ${name} REPLICA IDENTITY FULL`,
            ),
        );

/**
 * Tables that a source's own publication lacks although its slot exists. The plugin adds tables only when it starts, so
 * that the changes of a table that was dropped and created again are lost without an error.
 */
function unpublished(connector: ResolvedConnector, facts: PostgresFacts): Issue[] {
    const { config, name } = connector;
    const existing = facts.publications[String(config["publication.name"])];
    const slotExists = facts.slots.some((slot) => slot.name === config["slot.name"]);
    if (config["publication.autocreate.mode"] !== "filtered" || !slotExists || !Array.isArray(existing)) return [];
    return capturedFacts(connector, facts.tables)
        .filter((table) => !existing.includes(table.name))
        .map((table) =>
            issue(
                "KCP_DATABASE_TABLE",
                tablePath(connector, table.name),
                `(${name}) ${table.name} is not in the publication ${config["publication.name"]} of a source that ` +
                    "has run: its changes are not read until the connector restarts. If the table was dropped and " +
                    "created again, see docs/runbooks/table-recreated.md",
            ),
        );
}

/** What is only probably wrong. */
export const postgresWarnings = (connectors: readonly ResolvedConnector[], facts: PostgresFacts): Issue[] =>
    connectors.flatMap((connector) => [
        ...unpublished(connector, facts),
        ...withoutKey(connector, facts.tables)
            .filter(({ replicaIdentity }) => replicaIdentity === "full")
            .map(({ name }) =>
                issue(
                    "KCP_DATABASE_KEY",
                    tablePath(connector, name),
                    `(${connector.name}) ${name} has no primary key: its records have no key, and are in no order ` +
                        "across partitions. Set message.key.columns in config",
                ),
            ),
    ]);
