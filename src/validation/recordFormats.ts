/** Records that a source of the stack writes and a sink of the stack cannot read, or reads as something else. */
import { recordFormat, type RecordFormat } from "../connectors/recordFormat";
import type { ResolvedConnector } from "../connectors/template";
import { topicsReadBy, writersOf } from "../connectors/topics";
import { formatPath, issue, type Issue } from "../schema/issues";

interface Mismatch {
    readonly written: readonly RecordFormat[];
    readonly read: readonly RecordFormat[];
    readonly consequence: string;
    /** Whether the records can still be readable. */
    readonly isDoubtful?: boolean;
}

const json: RecordFormat[] = ["json", "json-with-schemas"];
const avro: RecordFormat[] = ["avro-confluent", "avro-apicurio"];

const mismatches: readonly Mismatch[] = [
    {
        written: ["json"],
        read: ["json-with-schemas"],
        consequence: "the records have no schema and payload, and the sink's task fails at the first one",
    },
    {
        written: ["json-with-schemas"],
        read: ["json"],
        consequence: "the sink receives objects with the fields schema and payload",
        isDoubtful: true,
    },
    {
        written: [...json, "string"],
        read: avro,
        consequence: "the records are not Avro, and the sink's task fails at the first one",
    },
    {
        written: avro,
        read: [...json, "string"],
        consequence: "the records are binary, and the sink fails or writes unreadable strings",
    },
    {
        written: ["avro-confluent"],
        read: ["avro-apicurio"],
        consequence: "the converters of Confluent and Apicurio write schema ids in different forms",
    },
    {
        written: ["avro-apicurio"],
        read: ["avro-confluent"],
        consequence: "the converters of Confluent and Apicurio write schema ids in different forms",
    },
    {
        written: ["string"],
        read: json,
        consequence: "the sink's task fails at the first string that is not JSON",
        isDoubtful: true,
    },
];

/** Errors for formats that cannot be read, warnings for those that probably cannot. */
export function checkRecordFormats(connectors: readonly ResolvedConnector[]): { issues: Issue[]; warnings: Issue[] } {
    const writers = writersOf(connectors);
    const known = connectors.flatMap(({ outputTopics }) => outputTopics);
    const issues: Issue[] = [];
    const warnings: Issue[] = [];
    for (const sink of connectors) {
        const topics = topicsReadBy(sink, known);
        const value = firstMismatch(sink, "value", topics, writers);
        const key = firstMismatch(sink, "key", topics, writers);
        // one option can be the cause of both
        const isSameCause = value && key && formatPath(value.issue.path) === formatPath(key.issue.path);
        for (const found of isSameCause ? [value] : [value, key])
            if (found) (found.isDoubtful ? warnings : issues).push(found.issue);
    }
    return { issues, warnings };
}

function firstMismatch(
    sink: ResolvedConnector,
    part: "key" | "value",
    topics: readonly string[],
    writers: (topic: string) => ResolvedConnector[],
): { issue: Issue; isDoubtful: boolean } | undefined {
    const read = recordFormat(sink.config, part);
    if (read === undefined) return undefined;
    for (const topic of topics)
        for (const source of writers(topic)) {
            const written = recordFormat(source.config, part);
            const mismatch = mismatches.find((item) => item.written.includes(written!) && item.read.includes(read));
            if (!mismatch) continue;
            const message =
                `${source.declaredAt} writes the ${part}s of ${topic} as ${written}, and this sink reads ${read}: ` +
                mismatch.consequence;
            return {
                issue: issue("KCP_FORMAT_MISMATCH", sink.settingPath(`${part}.converter`), message),
                isDoubtful: mismatch.isDoubtful === true,
            };
        }
    return undefined;
}
