/** Debezium's transforms that flatten change events, on records that are none of theirs. */
import { recordFormat } from "../../connectors/recordFormat";
import type { ResolvedConnector } from "../../connectors/template";
import type { Finding, PluginRule } from "./rule";
import { transformsOf } from "./transformConfig";

const rowState = "io.debezium.transforms.ExtractNewRecordState";
const documentState = "io.debezium.connector.mongodb.transforms.ExtractNewDocumentState";

const relational = /^io\.debezium\.connector\.(mysql|mariadb|postgresql|sqlserver|oracle)\./;
const mongodb = /^io\.debezium\.connector\.mongodb\./;
const others = /^org\.apache\.kafka\.connect\.file\.FileStreamSourceConnector$/;

/** The transforms that flatten: their keys and classes. */
const flattening = ({ config }: ResolvedConnector): { key: string; className: string }[] =>
    transformsOf(config)
        .map(({ start, className }) => ({ key: `${start}type`, className }))
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

/** Transforms after which a record is no change event any more. */
const opening = [rowState, documentState, "io.debezium.transforms.outbox.EventRouter"];

/** What is flattened once has no envelope left. */
const checkRepetition = ({ config }: ResolvedConnector): Finding[] =>
    transformsOf(config)
        .filter(({ className }) => opening.includes(className))
        .map(({ start }) => start)
        // with a predicate, each can be for other records
        .filter((start, _, all) => all.every((other) => config[`${other}predicate`] === undefined) && start !== all[0])
        .map((start) => ({
            code: "KCP_UNUSED_SETTING",
            key: `${start}type`,
            message: "unused: an earlier transform has flattened the change events already",
            isWarning: true,
        }));

/** JSON without schemas gives a sink no envelope to recognize: the records pass as they are. */
const checkSinkFormat = (connector: ResolvedConnector): Finding[] =>
    recordFormat(connector.config, "value") === "json"
        ? flattening(connector).map(({ key }) => ({
              code: "KCP_FORMAT_MISMATCH",
              key,
              message:
                  "does nothing: it recognizes change events by their schema, and JSON without schemas has none; " +
                  "flatten them in the source",
              isWarning: connector.template === "raw",
          }))
        : [];

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
    { classes: /Sink(Connector)?$/, check: checkSinkFormat },
];
