/**
 * Records into BigQuery, by Aiven's fork of the connector that WePay began.
 * Options: https://aiven-open.github.io/bigquery-connector-for-apache-kafka/configuration.html
 */
import { invalidValue, missingSetting } from "../schema/issues";
import { boolean, object, kafkaTopic, array, oneOf, string, integer } from "../schema/primitives";
import { commonShape, secretKey } from "./commonOptions";
import { schemaIssues } from "./converters";
import { connectorName, namePart } from "./names";
import { sinkConfig, sinkIssues, sinkShape, topicsPart } from "./sinkOptions";
import { secretNameOf, secretReference, type ConnectorConfig, type ConnectContext, type Template } from "./template";

const schema = object({
    ...commonShape,
    ...sinkShape,
    target: object({
        project: string("a Google Cloud project id", /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/).describe("Google Cloud project"),
        dataset: string("a dataset of letters, digits and _", /^\w{1,1024}$/).describe("Dataset the tables are in"),
        credentials: oneOf(["application-default", "secret", "file"])
            .default("application-default")
            .describe(
                "Login: what the worker's environment gives (GOOGLE_APPLICATION_CREDENTIALS, workload identity), a key in a secret, or a file on the worker",
            ),
        secret: string("the name of a secret")
            .optional()
            .describe(
                "Secret with the service account's key, without the prefix, for credentials `secret`. Default: BIGQUERY, for Secrets of Kubernetes bigquery",
            ),
        keyKey: secretKey("KEYFILE", "the service account's key as JSON"),
        keyFile: string("an absolute path", /^\/\S+$/)
            .optional()
            .describe("File with the key on the worker, for credentials `file`; connect.volumes mounts it"),
    }).describe("Where in BigQuery"),
    tables: array(
        object({
            topic: kafkaTopic().describe("Topic"),
            table: string("a table name of letters, digits, _ and -", /^[\w-]{1,1024}$/).describe("Its table"),
        }),
    ).describe("Tables of topics that are not called as the topic is"),
    createTables: boolean().default(true).describe("Whether missing tables are created; needs records with a schema"),
    addFields: boolean()
        .default(false)
        .describe("Whether new fields become columns, and required ones may become nullable"),
    upsert: boolean()
        .default(false)
        .describe("Whether a record replaces the row of its key, by a merge from time to time; needs keyField"),
    delete: boolean().default(false).describe("Whether a tombstone deletes the row of its key; needs keyField"),
    keyField: string("a column name of letters, digits and _", /^[A-Za-z_]\w{0,299}$/)
        .optional()
        .describe("Column that the record's key goes into"),
    mergeSeconds: integer(10, 86400).default(60).describe("Seconds between merges, for upsert and delete"),
    partitionBy: oneOf(["ingestion-time", "record-time", "field", "none"])
        .default("ingestion-time")
        .describe(
            "What the tables are partitioned by: time of arrival, the record's own timestamp, a field, or nothing",
        ),
    partitionField: string("a column name of letters, digits and _", /^[A-Za-z_]\w{0,299}$/)
        .optional()
        .describe("The field, a timestamp or a date, for partitionBy `field`"),
    partitionType: oneOf(["HOUR", "DAY", "MONTH", "YEAR"]).default("DAY").describe("Length of a partition"),
    clusterBy: array(string("a column name")).describe("Columns the tables are clustered by, at most four"),
    retries: integer(0, 100).default(10).describe("Times a write is tried again that BigQuery turned away"),
});

type Declaration = ReturnType<typeof schema.parse>;

function credentials({ target }: Declaration, context: ConnectContext): ConnectorConfig {
    if (target.credentials === "secret")
        return {
            keySource: "JSON",
            keyfile: secretReference(
                context,
                secretNameOf({ instance: "bigquery", secret: target.secret }, context),
                target.keyKey,
            ),
        };
    if (target.credentials === "file") return { keySource: "FILE", keyfile: target.keyFile ?? "" };
    return { keySource: "APPLICATION_DEFAULT" };
}

/** With `$20251121` behind a table's name the writer chooses the day itself, as the record's own time needs; BigQuery does so by arrival. */
function partitioning({ partitionBy, partitionField, partitionType }: Declaration): ConnectorConfig {
    return {
        timePartitioningType: partitionBy === "none" ? "NONE" : partitionType,
        bigQueryPartitionDecorator: partitionBy === "record-time",
        bigQueryMessageTimePartitioning: partitionBy === "record-time",
        ...(partitionBy === "field" && partitionField ? { timestampPartitionFieldName: partitionField } : {}),
    };
}

export const bigquerySink: Template<typeof schema> = {
    name: "bigQuerySinkConnector",
    summary: "Records into BigQuery, by Aiven's BigQuery sink",
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
                // dots and dashes of topic names are none of BigQuery's
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
            inputTopics: declaration.topics,
            exclusiveNames: [],
            issues: [
                ...sinkIssues(declaration, context),
                ...(declaration.createTables
                    ? schemaIssues(declaration, "a table that is created (createTables)")
                    : []),
                ...((upsert || deletes) && !keyField
                    ? [missingSetting(["keyField"], "a column for the record's key, which upsert and delete need")]
                    : []),
                ...(declaration.partitionBy === "field" && !declaration.partitionField
                    ? [missingSetting(["partitionField"], "a timestamp or date column, which partitionBy field needs")]
                    : []),
                ...(declaration.partitionBy === "record-time" && declaration.partitionType !== "DAY"
                    ? [
                          invalidValue(
                              ["partitionType"],
                              declaration.partitionType,
                              "DAY, the only one with partitionBy record-time",
                          ),
                      ]
                    : []),
                ...(target.credentials === "file" && !target.keyFile
                    ? [
                          missingSetting(
                              ["target", "keyFile"],
                              "the path of the key on the worker, which credentials file needs",
                          ),
                      ]
                    : []),
                ...declaration.tables.flatMap((item, index) =>
                    declaration.topics.includes(item.topic)
                        ? []
                        : [
                              invalidValue(
                                  ["tables", index, "topic"],
                                  item.topic,
                                  `one of topics: ${declaration.topics.join(", ")}`,
                              ),
                          ],
                ),
                ...(declaration.clusterBy.length > 4
                    ? [invalidValue(["clusterBy"], declaration.clusterBy, "at most four columns")]
                    : []),
            ],
        };
    },
};
