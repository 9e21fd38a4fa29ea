/**
 * Tombstones, the records without a value by which Debezium follows each deletion. Aiven's HTTP sink and the transform
 * ExtractTimestamp fail on them: the first deletion stops the task, long after the deployment.
 */
import type { ResolvedConnector } from "../connectors/template";
import { topicsReadBy, writersOf } from "../connectors/topics";
import { issue, type Issue } from "../schema/issues";

const transformType = /^transforms\.[^.]+\.type$/;

/** The class of the predicate that a transform is limited by. */
const predicateOf = ({ config }: ResolvedConnector, typeKey: string): string =>
    String(config[`predicates.${config[typeKey.replace(/type$/, "predicate")]}.type`]);

const dropsTombstones = (connector: ResolvedConnector): boolean =>
    Object.entries(connector.config).some(
        ([key, value]) =>
            transformType.test(key) &&
            value === "org.apache.kafka.connect.transforms.Filter" &&
            predicateOf(connector, key).endsWith(".RecordIsTombstone"),
    );

/** The transforms that fail on a record without a value, and that no predicate protects from it. */
const failingTransforms = ({ config }: ResolvedConnector): string[] =>
    Object.entries(config).flatMap(([key, value]) =>
        transformType.test(key) &&
        /\.ExtractTimestamp\$Value$/.test(String(value)) &&
        config[key.replace(/type$/, "predicate")] === undefined
            ? [key]
            : [],
    );

/** Debezium writes tombstones by default. */
const writesTombstones = ({ class: className, config }: ResolvedConnector): boolean =>
    /^io\.debezium\.connector\.(mysql|mariadb|postgresql|mongodb)\./.test(className) &&
    String(config["tombstones.on.delete"] ?? true) === "true";

/** Transforms and sinks that receive tombstones and fail on them. */
export function checkTombstones(connectors: readonly ResolvedConnector[]): Issue[] {
    const writers = new Set(
        connectors.filter((connector) => writesTombstones(connector) && !dropsTombstones(connector)),
    );
    const writersOfTopic = writersOf([...writers]);
    const known = [...writers].flatMap(({ outputTopics }) => outputTopics);
    return connectors
        .filter((connector) => !dropsTombstones(connector))
        .flatMap((connector) => {
            const writer = writers.has(connector)
                ? connector
                : topicsReadBy(connector, known).flatMap(writersOfTopic)[0];
            return writer ? checkReader(connector, writer) : [];
        });
}

function checkReader(connector: ResolvedConnector, writer: ResolvedConnector): Issue[] {
    const source = writer === connector ? "the connector" : writer.declaredAt;
    const transforms = failingTransforms(connector).map((key) =>
        issue(
            "KCP_TOMBSTONE_FAILURE",
            connector.settingPath(key),
            `ExtractTimestamp fails on the tombstones that ${source} writes after deletions; ` +
                "put the transform drop-tombstones before it, or use the transform extract-timestamp",
        ),
    );
    if (!/^io\.aiven\.kafka\.connect\.http\./.test(connector.class)) return transforms;
    return [
        ...transforms,
        issue(
            "KCP_TOMBSTONE_FAILURE",
            ["connectors", connector.index],
            `the HTTP sink fails on the tombstones that ${source} writes after deletions; ` +
                "add the transform drop-tombstones",
        ),
    ];
}
