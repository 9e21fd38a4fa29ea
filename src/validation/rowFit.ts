/** Rows that a JDBC sink writes behind a source of the same stack: values and deletions that do not reach the table. */
import type { ResolvedConnector } from "../connectors/template";
import { topicsReadBy, writersOf } from "../connectors/topics";
import { issue, type Issue } from "../schema/issues";

const isJdbcSink = ({ class: className }: ResolvedConnector): boolean => className.endsWith(".JdbcSinkConnector");
const isPostgres = ({ class: className }: ResolvedConnector): boolean => className.endsWith(".PostgresConnector");

const isTrue = (value: unknown): boolean => String(value) === "true";

/** Whether a post-processor reads the columns again that the change does not contain. */
const reselects = ({ config }: ResolvedConnector): boolean =>
    Object.entries(config).some(
        ([key, value]) => key.endsWith(".type") && String(value).endsWith(".ReselectColumnsPostProcessor"),
    );

/** Whether the connector itself sets the replica identity FULL. */
const setsReplicaIdentity = ({ config }: ResolvedConnector): boolean =>
    /FULL/i.test(String(config["replica.identity.autoset.values"] ?? ""));

/** The transform that flattens change events, where it removes the records of deletions. */
const dropsDeletions = ({ config }: ResolvedConnector): boolean =>
    Object.entries(config).some(
        ([key, value]) =>
            /^transforms\.[^.]+\.type$/.test(key) &&
            String(value).endsWith(".ExtractNewRecordState") &&
            ["drop", "rewrite"].includes(
                String(config[key.replace(/type$/, "delete.tombstone.handling.mode")] ?? "tombstone"),
            ),
    );

/** Whether the events arrive flattened: without their tombstones, deletions are lost. */
const isFlattened = ({ config }: ResolvedConnector): boolean =>
    Object.entries(config).some(
        ([key, value]) => /^transforms\.[^.]+\.type$/.test(key) && String(value).endsWith(".ExtractNewRecordState"),
    );

/** Debezium's own default is precise. */
const writesDecimalsAsStrings = ({ class: className, config }: ResolvedConnector): boolean =>
    className.startsWith("io.debezium.") && config["decimal.handling.mode"] === "string";

const deletes = ({ config }: ResolvedConnector): boolean => isTrue(config["delete.enabled"]);

/** Warnings for the sinks whose table will differ from the source's. */
export function rowFitWarnings(connectors: readonly ResolvedConnector[]): Issue[] {
    const writers = writersOf(connectors);
    const known = connectors.flatMap(({ outputTopics }) => outputTopics);
    return connectors.filter(isJdbcSink).flatMap((sink) => {
        const sources = [...new Set(topicsReadBy(sink, known).flatMap(writers))];
        const toast = sources.find(
            (source) =>
                isPostgres(source) && !source.writesWholeRows && !reselects(source) && !setsReplicaIdentity(source),
        );
        const withoutDeletions = sources.find(
            (source) =>
                dropsDeletions(source) ||
                (isFlattened(source) && String(source.config["tombstones.on.delete"]) === "false"),
        );
        const decimals = sources.find(writesDecimalsAsStrings);
        return [
            ...(decimals ? [decimalWarning(sink, decimals)] : []),
            ...(toast ? [toastWarning(sink, toast)] : []),
            ...(withoutDeletions && deletes(sink) ? [deletionWarning(sink, withoutDeletions)] : []),
        ];
    });
}

const toastWarning = (sink: ResolvedConnector, source: ResolvedConnector): Issue =>
    issue(
        "KCP_UNAVAILABLE_VALUE",
        ["connectors", source.index],
        `an UPDATE that does not change a large (TOASTed) value contains no value for it, and ${sink.declaredAt} ` +
            "writes __debezium_unavailable_value into its column. Set reselect: true, or REPLICA IDENTITY FULL for " +
            "the tables and `reselect: false` to confirm it",
    );

const decimalWarning = (sink: ResolvedConnector, source: ResolvedConnector): Issue =>
    issue(
        "KCP_FORMAT_MISMATCH",
        source.settingPath("decimal.handling.mode"),
        `writes decimals as strings, and ${sink.declaredAt} fails on them where the column has the type NUMERIC or ` +
            "DECIMAL; set decimals: precise",
    );

const deletionWarning = (sink: ResolvedConnector, source: ResolvedConnector): Issue =>
    issue(
        "KCP_LOST_DELETION",
        sink.settingPath("delete.enabled"),
        `deletes rows for records without a value (tombstones), but ${source.declaredAt} writes none: the rows stay`,
    );
