/** Formats of dates in transforms, by the letters of Java's SimpleDateFormat. */
import type { ResolvedConnector } from "../../connectors/template";
import { isReference, type Finding, type PluginRule } from "./rule";
import { transformsOf } from "./transformConfig";

/** A letter that has no meaning in a format. */
const unknownLetter = /[A-Za-z]/;
const letters = /[GyYMLwWDdFEuaHkKhmsSzZX]/g;

/** A format without what is in quotes. */
const withoutQuotes = (format: string): string => format.replace(/'[^']*'/g, "");

/** Letters that mean something else than is probably meant. */
function doubt(format: string): string | undefined {
    if (/Y/.test(format) && /[Md]/.test(format))
        return "YYYY is the year of the week, which differs in the days around New Year; write yyyy";
    if (/D/.test(format) && /[My]/.test(format)) return "DD is the day of the year; write dd for that of the month";
    if (/m/.test(format) && !/[HhkK]/.test(format) && /y/.test(format))
        return "mm is the minute; write MM for the month";
    return /h/.test(format) && !/a/.test(format)
        ? "hh counts to 12; write HH, or add a for the half of the day"
        : undefined;
}

function checkFormat(key: string, written: string): Finding[] {
    if (isReference(written)) return [];
    const format = withoutQuotes(written);
    const letter = unknownLetter.exec(format.replace(letters, ""))?.[0];
    const isOpen = (written.match(/'/g) ?? []).length % 2 === 1;
    const message =
        letter === undefined && !isOpen
            ? doubt(format)
            : `expected a format such as yyyy-MM-dd'T'HH:mm:ss, received ${JSON.stringify(written)}` +
              (isOpen ? ", in which a quote is not closed" : `, in which the letter ${letter} has no meaning`);
    if (message === undefined) return [];
    return [{ code: "KCP_INVALID_CONFIG_VALUE", key, message, isWarning: letter === undefined && !isOpen }];
}

const converter = /^org\.apache\.kafka\.connect\.transforms\.TimestampConverter\$/;
const router = "org.apache.kafka.connect.transforms.TimestampRouter";

const illegal = (key: string, message: string): Finding[] => [{ code: "KCP_INVALID_CONFIG_VALUE", key, message }];

const topicCharacters = /^[A-Za-z0-9._-]*$/;

function checkRouter(start: string, value: (key: string) => string | undefined): Finding[] {
    const topic = value("topic.format")?.replace(/\$\{(topic|timestamp)\}/g, "");
    if (topic !== undefined && !topicCharacters.test(topic))
        return illegal(
            `${start}topic.format`,
            "expected ${topic}, ${timestamp} and letters, digits, ., _ and -; no topic has other characters",
        );
    const format = value("timestamp.format");
    if (format === undefined) return [];
    const found = checkFormat(`${start}timestamp.format`, format);
    if (found.some(({ isWarning }) => !isWarning) || topicCharacters.test(format.replaceAll("'", ""))) return found;
    return illegal(`${start}timestamp.format`, "becomes part of a topic, which has letters, digits, ., _ and - only");
}

const check = ({ config }: ResolvedConnector): Finding[] =>
    transformsOf(config).flatMap(({ start, className, value }) => {
        if (className === router) return checkRouter(start, value);
        const format = converter.test(className) ? value("format") : undefined;
        return format === undefined ? [] : checkFormat(`${start}format`, format);
    });

export const dateFormatRules: readonly PluginRule[] = [{ classes: /./, check }];
