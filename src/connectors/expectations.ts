/** Contracts of a source: which records SQL statements must result in. `kcp contract` runs them. */
import { z } from "zod";
import { array, boolean, integer, kafkaTopic, object, string } from "../schema/primitives";

const json = () => z.unknown().meta({ description: "any JSON value" });

const record = object({
    topic: kafkaTopic().optional().describe("Topic of the record. Default: any topic of the connector"),
    key: json().optional().describe("Content of the key. Default: any"),
    value: json().optional().describe("Expected fields of the value; it may have others. Default: any"),
    tombstone: boolean().default(false).describe("Whether the record has no value. Excludes `value` and `absent`"),
    absent: array(string("the path of a field, such as after.email")).describe(
        "Paths of fields that the value must not have, such as after.email",
    ),
}).refine((item) => !item.tombstone || (item.value === undefined && item.absent.length === 0), {
    error: "a tombstone has neither value nor absent",
});

const statement = () => string("a statement, or an array of them", /\S/);

const step = object({
    name: string("a sentence, on one line", /^[^\r\n]+$/)
        .optional()
        .describe("What is expected, as a sentence for the report. Default: the first statement"),
    sql: z
        .union([statement(), z.array(statement()).min(1)], {
            error: "a statement, or an array of them",
        })
        .transform((value) => [value].flat())
        .describe("SQL statements that are run in the source's database, in their order"),
    records: array(record).describe("The records that result, in their order, and no others"),
    within: integer(1, 600).default(30).describe("Seconds in which the records must arrive"),
});

/** The option. */
export const expectOption = () =>
    array(step).describe(
        "Contracts that `kcp contract` runs with the real plugin in the sandbox: SQL statements, and the records " +
            "that must result. They change nothing that is deployed",
    );

/** A step of a contract. */
export type Expectation = z.output<typeof step>;
/** A record that is expected. */
export type ExpectedRecord = z.output<typeof record>;
