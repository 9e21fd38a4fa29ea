/** Debezium's transforms that flatten change events, on records that are none of theirs. */
import type { ResolvedConnector } from "../../connectors/template";
import { listItems } from "../../util/listItems";
import type { Finding, PluginRule } from "./rule";

const rowState = "io.debezium.transforms.ExtractNewRecordState";
const documentState = "io.debezium.connector.mongodb.transforms.ExtractNewDocumentState";

const relational = /^io\.debezium\.connector\.(mysql|mariadb|postgresql|sqlserver|oracle)\./;
const mongodb = /^io\.debezium\.connector\.mongodb\./;
const others = /^org\.apache\.kafka\.connect\.file\.FileStreamSourceConnector$/;

/** The transforms that flatten: their keys and classes. */
const flattening = ({ config }: ResolvedConnector): { key: string; className: string }[] =>
    listItems(config.transforms)
        .map((name) => ({ key: `transforms.${name}.type`, className: String(config[`transforms.${name}.type`]) }))
        .filter(({ className }) => [rowState, documentState].includes(className));

/** The transform of the other kind of database: it does not find the row, or takes each change for a deletion. */
const checkKind =
    (wrong: string, right: string, events: string): PluginRule["check"] =>
    (connector) =>
        flattening(connector)
            .filter(({ className }) => className === wrong)
            .map(({ key }) => ({
                code: "KCP_SILENT_CORRUPTION",
                key,
                message: `${wrong} does not read ${events}; use ${right}`,
                isWarning: connector.template === "raw",
            }));

/** What is flattened once has no envelope left. */
const checkRepetition = (connector: ResolvedConnector): Finding[] =>
    flattening(connector)
        .slice(1)
        .map(({ key }) => ({
            code: "KCP_UNUSED_SETTING",
            key,
            message: "unused: an earlier transform has flattened the change events already",
            isWarning: true,
        }));

const checkSource = (connector: ResolvedConnector): Finding[] =>
    flattening(connector).map(({ key }) => ({
        code: "KCP_UNUSED_SETTING",
        key,
        message: "unused: the source writes no change events of Debezium, and others pass unchanged",
        isWarning: true,
    }));

export const envelopeRules: readonly PluginRule[] = [
    { classes: mongodb, check: checkKind(rowState, documentState, "the change events of documents") },
    { classes: relational, check: checkKind(documentState, rowState, "the change events of rows") },
    { classes: /./, check: checkRepetition },
    { classes: others, check: checkSource },
];
