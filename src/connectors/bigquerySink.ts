/**
 * Records to BigQuery, by Aiven's fork of WePay's connector.
 * Options: https://aiven-open.github.io/bigquery-connector-for-apache-kafka/configuration.html
 */
import { invalidValue, issue, missingSetting, type Issue } from "../schema/issues";
import { boolean, object, kafkaTopic, array, oneOf, string, integer } from "../schema/primitives";
import { duplicates } from "../util/data";
import { commonShape, secretKey } from "./commonOptions";
import { schemaIssues } from "./converters";
import { connectorName, namePart } from "./names";
import { sinkConfig, sinkIssues, sinkShape, topicsPart } from "./sinkOptions";
import { secretNameOf, secretReference, type ConnectorConfig, type ConnectContext, type Template } from "./template";
import { namesOrPrefixes, selectsTopic, writtenItem } from "./topicItems";

const defaultMergeSeconds = 60;

const schema = object({
    ...commonShape,
    ...sinkShape,
    target: object({
        project: string("a Google Cloud project id", /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/).describe("Google Cloud project"),
        dataset: string("a dataset of letters, digits and _", /^\w{1,1024}$/).describe("Dataset the tables are in"),
        credentials: oneOf(["application-default", "secret", "file"])
            .default("application-default")
            .describe(
                "Credentials: those of the worker's environment (GOOGLE_APPLICATION_CREDENTIALS, workload identity), " +
                    "a key in a secret, or a file on the worker",
            ),
        secret: string("the name of a secret")
            .optional()
            .describe(
                "Secret with the service account's key, without the prefix of the stack, for credentials `secret`. " +
                    "Default: BIGQUERY, for Kubernetes Secrets bigquery",
            ),
        keyKey: secretKey("KEYFILE", "the service account's key as JSON"),
        keyFile: string("an absolute path", /^\/\S+$/)
            .optional()
            .describe("Key file on the worker, for credentials `file`. Mount it with connect.volumes"),
    }).describe("Project, dataset and credentials"),
    tables: array(
        object({
            topic: kafkaTopic().describe("Topic"),
            table: string("a table name of letters, digits, _ and -", /^[\w-]{1,1024}$/).describe("Its table"),
        }),
    ).describe("Tables whose name differs from their topic's"),
    createTables: boolean().default(true).describe("Whether missing tables are created. Needs records with a schema"),
    addFields: boolean()
        .default(false)
        .describe("Whether new fields become columns, and required columns become nullable where a field is missing"),
    upsert: boolean()
        .default(false)
        .describe("Whether a record replaces the row with its key, in periodic merges. Needs keyField"),
    delete: boolean().default(false).describe("Whether a tombstone deletes the row with its key. Needs keyField"),
    keyField: string("a column name of letters, digits and _", /^[A-Za-z_]\w{0,299}$/)
        .optional()
        .describe("Column for the record's key"),
    mergeSeconds: integer(10, 86400)
        .default(defaultMergeSeconds)
        .describe("Seconds between merges, for `upsert` and `delete`"),
    partitionBy: oneOf(["ingestion-time", "record-time", "field", "none"])
        .default("ingestion-time")
        .describe("Partitioning of the tables: by time of arrival, the record's timestamp, a field, or none"),
    partitionField: string("a column name of letters, digits and _", /^[A-Za-z_]\w{0,299}$/)
        .optional()
        .describe("Field with a timestamp or a date, for partitionBy `field`"),
    partitionType: oneOf(["HOUR", "DAY", "MONTH", "YEAR"]).default("DAY").describe("Period of a partition"),
    clusterBy: array(string("a column name")).describe("Columns by which the tables are clustered, at most four"),
    retries: integer(0, 100).default(10).describe("Retries of a write that BigQuery rejected"),
});

type Declaration = ReturnType<typeof schema.parse>;

function credentials({ target }: Declaration, context: ConnectContext): ConnectorConfig {
    if (target.credentials === "secret")
        return {
            keySource: "JSON",
            keyfile: secretReference(
                context,
                secretNameOf({ ...target, instance: "bigquery" }, context),
                target.keyKey,
            ),
        };
    if (target.credentials === "file") return { keySource: "FILE", keyfile: target.keyFile ?? "" };
    return { keySource: "APPLICATION_DEFAULT" };
}

/**
 * Partitioning by the record's timestamp needs a partition decorator (`table$20251121`); otherwise BigQuery uses the
 * arrival.
 */
function partitioning({ partitionBy, partitionField, partitionType }: Declaration): ConnectorConfig {
    return {
        timePartitioningType: partitionBy === "none" ? "NONE" : partitionType,
        bigQueryPartitionDecorator: partitionBy === "record-time",
        bigQueryMessageTimePartitioning: partitionBy === "record-time",
        ...(partitionBy === "field" && partitionField ? { timestampPartitionFieldName: partitionField } : {}),
    };
}

/** Options that others leave without effect. */
function unusedOptions(declaration: Declaration): Issue[] {
    const { target, tables, partitionBy, partitionField, partitionType } = declaration;
    const merges = declaration.upsert || declaration.delete;
    const unused: readonly [isUnused: boolean, path: (string | number)[], reason: string][] = [
        [
            target.secret !== undefined && target.credentials !== "secret",
            ["target", "secret"],
            `target.credentials is ${target.credentials}`,
        ],
        [
            target.keyFile !== undefined && target.credentials !== "file",
            ["target", "keyFile"],
            `target.credentials is ${target.credentials}`,
        ],
        [partitionField !== undefined && partitionBy !== "field", ["partitionField"], `partitionBy is ${partitionBy}`],
        [partitionType !== "DAY" && partitionBy === "none", ["partitionType"], "partitionBy is none"],
        [
            !merges && declaration.mergeSeconds !== defaultMergeSeconds,
            ["mergeSeconds"],
            "nothing is merged without upsert",
        ],
    ];
    return [
        ...unused
            .filter(([isUnused]) => isUnused)
            .map(([, path, reason]) => issue("KCP_UNUSED_SETTING", path, `unused: ${reason}`)),
        ...duplicates(tables.map(({ topic }) => topic)).map((index) =>
            issue("KCP_DUPLICATE_NAME", ["tables", index, "topic"], "the same topic twice; a topic has one table"),
        ),
    ];
}

/** Issues between the options. */
function bigqueryIssues(declaration: Declaration, context: ConnectContext): Issue[] {
    const { target, topics, tables, upsert, delete: deletes, keyField, clusterBy } = declaration;
    const { partitionBy, partitionField, partitionType } = declaration;
    const issues = sinkIssues(declaration, context);
    if (declaration.createTables) issues.push(...schemaIssues(declaration, "a table that is created (createTables)"));
    if ((upsert || deletes) && !keyField)
        issues.push(missingSetting(["keyField"], "a column for the record's key, which upsert and delete need"));
    if (partitionBy === "field" && !partitionField)
        issues.push(missingSetting(["partitionField"], "a timestamp or date column, which partitionBy field needs"));
    if (partitionBy === "record-time" && partitionType !== "DAY")
        issues.push(invalidValue(["partitionType"], partitionType, "DAY, the only one with partitionBy record-time"));
    if (target.credentials === "file" && !target.keyFile)
        issues.push(missingSetting(["target", "keyFile"], "the path of the key file, which credentials file needs"));
    for (const [index, { topic }] of tables.entries())
        if (!selectsTopic(topics, topic))
            issues.push(
                invalidValue(["tables", index, "topic"], topic, `one of topics: ${topics.map(writtenItem).join(", ")}`),
            );
    issues.push(...unusedOptions(declaration));
    if (clusterBy.length > 4) issues.push(invalidValue(["clusterBy"], clusterBy, "at most four columns"));
    return issues;
}

/** Records to BigQuery. */
export const bigquerySink: Template<typeof schema> = {
    name: "bigQuerySinkConnector",
    summary: "Records to BigQuery, by Aiven's BigQuery sink",
    class: "com.wepay.kafka.connect.bigquery.BigQuerySinkConnector",
    defaultTasksMax: 1,
    maxTasks: 1000,
    schema,
    build(declaration, context) {
        const { target, upsert, delete: deletes, keyField } = declaration;
        const baseName =
            declaration.name ??
            connectorName([topicsPart(declaration.topics), "to-bigquery", namePart(target.dataset)]);
        return {
            baseName,
            config: {
                project: target.project,
                defaultDataset: target.dataset,
                ...credentials(declaration, context),
                // names of topics have dots and dashes, which names of tables cannot have
                sanitizeTopics: true,
                sanitizeFieldNames: true,
                ...(declaration.tables.length > 0
                    ? { topic2TableMap: declaration.tables.map((item) => `${item.topic}:${item.table}`).join(",") }
                    : {}),
                autoCreateTables: declaration.createTables,
                allowNewBigQueryFields: declaration.addFields,
                allowBigQueryRequiredFieldRelaxation: declaration.addFields,
                ...partitioning(declaration),
                ...(declaration.clusterBy.length > 0
                    ? { clusteringPartitionFieldNames: declaration.clusterBy.join(",") }
                    : {}),
                ...(keyField ? { kafkaKeyFieldName: keyField } : {}),
                upsertEnabled: upsert,
                deleteEnabled: deletes,
                ...(upsert || deletes ? { mergeIntervalMs: declaration.mergeSeconds * 1000 } : {}),
                bigQueryRetry: declaration.retries,
                ...sinkConfig(declaration, baseName, context),
            },
            outputTopics: [],
            inputTopics: namesOrPrefixes(declaration.topics),
            issues: bigqueryIssues(declaration, context),
        };
    },
};
