/**
 * The order of transforms of Debezium's sources: what an earlier transform takes away, and keys that are not as a later
 * one expects. Only up to the first transform whose effect is not known.
 */
import type { ResolvedConnector } from "../../connectors/template";
import { listItems } from "../../util/listItems";
import { didYouMean } from "../../util/nearest";
import { invalid, type Finding, type PluginRule } from "./rule";
import { transformsOf, type TransformConfig } from "./transformConfig";

const kafka = "org.apache.kafka.connect.transforms.";
const outbox = "io.debezium.transforms.outbox.EventRouter";

const opening =
    /^io\.debezium\.(transforms\.(ExtractNewRecordState|outbox\.EventRouter)|connector\.mongodb\.transforms\.(ExtractNewDocumentState|outbox\.MongoEventRouter))$/;

const simpleName = (className: string): string => className.split(".").at(-1)!;

/** Transforms after which a value has no `after` for the one that opens the change event. */
const breaking = new RegExp(`^${kafka.replaceAll(".", "\\.")}(Flatten|HoistField|ExtractField)\\$Value$`);

const unusedAfter = (key: string, message: string): Finding => ({
    code: "KCP_UNUSED_SETTING",
    key,
    message,
    isWarning: true,
});

/** Fields that InsertField adds to a change event. */
const insertedFields = ({ value }: TransformConfig): string[] =>
    ["topic", "partition", "offset", "timestamp", "static"].flatMap((name) => {
        const field = value(`${name}.field`);
        // ! and ? say whether the field is optional
        return field === undefined ? [] : [field.replace(/[!?]$/, "")];
    });

/** Transforms before the one that opens the change events, which then finds no event or drops what they added. */
function checkBeforeOpening({ config }: ResolvedConnector): Finding[] {
    const transforms = transformsOf(config);
    const at = transforms.findIndex(({ className }) => opening.test(className));
    if (at < 0 || transforms[at].value("predicate") !== undefined) return [];
    const opener = transforms[at];
    const added = ["add.fields", "add.headers"].flatMap((name) =>
        listItems(opener.value(name)).map((item) => item.split(":")[0]),
    );
    return transforms.slice(0, at).flatMap((transform): Finding[] => {
        const { className, start, value } = transform;
        // a predicate can keep it from the same records
        if (value("predicate") !== undefined) return [];
        if (breaking.test(className)) {
            const opens = simpleName(opener.className);
            const message = `changes the event, and ${opens} then does not find the row in it; put it later`;
            const isRow = className.includes("ExtractField") && value("field") === "after";
            return isRow
                ? [
                      unusedAfter(
                          `${opener.start}type`,
                          "unused: ExtractField has taken the row out of the event already",
                      ),
                  ]
                : [{ code: "KCP_CONFLICTING_SETTINGS", key: `${start}type`, message }];
        }
        if (className !== `${kafka}InsertField$Value`) return [];
        const lost = insertedFields(transform).find((field) => !added.includes(field));
        return lost === undefined
            ? []
            : [
                  unusedAfter(
                      `${start}type`,
                      `adds ${lost} to the change event, of which ${simpleName(opener.className)} keeps the ` +
                          "row only; put it after that",
                  ),
              ];
    });
}

/** What is known of the key: its fields, that it is a single value, or nothing. */
type Key = { readonly fields: readonly string[] } | "value" | undefined;

const keyClass = /^org\.apache\.kafka\.connect\.transforms\.(\w+)(\$Key)?$/;

/** Transforms that do not touch the key. */
const keepsKey = /^(io\.debezium\.transforms\.ExtractNewRecordState|.*\.ExtractTimestamp\$Value|.*\$Value)$/;

const keepsKeyByName =
    /^(RegexRouter|TimestampRouter|InsertHeader|DropHeaders|Filter|SetSchemaMetadata|HeaderFrom|Cast|MaskField)$/;

interface KeyStep {
    readonly key: Key;
    readonly finding?: Finding;
}

/** The key after a transform. */
function keyStep(key: Key, { className, start, value }: TransformConfig): KeyStep | undefined {
    if (keepsKey.test(className)) return { key };
    const [, name, part] = keyClass.exec(className) ?? [];
    if (name === "ValueToKey") return { key: { fields: listItems(value("fields")) } };
    if (name === undefined) return undefined;
    if (name === "HoistField" && part) return { key: { fields: [value("field") ?? ""] } };
    if (name !== "ExtractField" || !part) return keepsKeyByName.test(name) ? { key } : undefined;
    const field = value("field") ?? "";
    // a path of nested fields
    if (key === undefined || value("field.syntax.version")?.toUpperCase() === "V2") return { key: "value" };
    const setting = `${start}field`;
    if (key === "value")
        return {
            key,
            finding: invalid(`${start}type`, "the key has no fields any more: an earlier transform extracts one"),
        };
    if (key.fields.includes(field)) return { key: "value" };
    const message =
        `the key has no field ${field}, and the task fails: an earlier transform makes it of ` +
        `${key.fields.join(", ")}${didYouMean(field, key.fields)}`;
    return { key: "value", finding: invalid(setting, message) };
}

/** A field of the key that the transforms before it do not put there. */
function checkKeys({ config }: ResolvedConnector): Finding[] {
    let key: Key;
    for (const transform of transformsOf(config)) {
        if (transform.value("predicate") !== undefined) return [];
        const step = keyStep(key, transform);
        if (!step) return [];
        if (step.finding) return [step.finding];
        key = step.key;
    }
    return [];
}

/** The lines of a file have no key, which transforms of keys then leave as it is. */
const checkKeysOfLines = ({ config }: ResolvedConnector): Finding[] => {
    const transforms = transformsOf(config);
    const made = transforms.findIndex(({ className }) =>
        /\.(ValueToKey|HoistField\$Key)$|^(?!org\.apache)/.test(className),
    );
    const before = made < 0 ? transforms : transforms.slice(0, made);
    return before
        .filter(({ className }) => /\.(ExtractField|Cast|InsertField|ReplaceField)\$Key$/.test(className))
        .slice(0, 1)
        .map(({ start }) =>
            unusedAfter(`${start}type`, "unused: the lines of a file have no key; put ValueToKey first"),
        );
};

/** The outbox's columns are chosen by its own options; what reads the row before it does not see them. */
const checkOutboxValue = ({ config }: ResolvedConnector): Finding[] => {
    const router = transformsOf(config).find(({ className }) => className === outbox);
    if (router?.value("predicate") !== undefined || router?.value("table.expand.json.payload") === undefined) return [];
    return String(config["value.converter"] ?? "").endsWith("StringConverter") &&
        router.value("table.expand.json.payload") === "true"
        ? [
              {
                  code: "KCP_SILENT_CORRUPTION",
                  key: "value.converter",
                  message:
                      'writes the payload as "Struct{…}": table.expand.json.payload makes a structure of it; ' +
                      "use JSON or Avro",
                  isWarning: true,
              },
          ]
        : [];
};

const debezium = /^io\.debezium\.connector\.(?!jdbc)/;

export const transformOrderRules: readonly PluginRule[] = [
    { classes: debezium, check: checkBeforeOpening },
    { classes: debezium, check: checkOutboxValue },
    { classes: /./, check: checkKeys },
    { classes: /\.FileStreamSourceConnector$/, check: checkKeysOfLines },
];
