/** Addresses on the command line. A URL can contain a password, so that messages never repeat one. */
import { Option } from "commander";
import { UsageError } from "./errors";

/** Whether an address is a URL with one of these schemes. */
export const hasScheme = (given: string, schemes: readonly string[]): boolean =>
    URL.canParse(given) && schemes.includes(new URL(given).protocol.slice(0, -1));

/** A parser of a URL with a host and one of these schemes. */
const url =
    (option: string, schemes: readonly string[], form: string) =>
    (given: string): string => {
        if (hasScheme(given, schemes) && new URL(given).hostname) return given;
        throw new UsageError(`--${option}: expected ${form}, received a value of another form (not shown)`);
    };

/** --connect URL. */
export const connectOption = (what: string): Option =>
    new Option("--connect <url>", what).argParser(url("connect", ["http", "https"], "http://HOST:PORT"));

/** --database URL, of one of these databases. `postgresql:` is another name of `postgres:`. */
export function databaseOption(databases: readonly ("postgres" | "mysql")[], what: string): Option {
    const schemes = databases.flatMap((name) => (name === "postgres" ? [name, "postgresql"] : [name]));
    const form = databases.map((name) => `${name}://USER@HOST:PORT/DATABASE`).join(" or ");
    return new Option("--database <url>", what).argParser(url("database", schemes, form));
}

/** --kafka ADDRESS. */
export const kafkaOption = (what: string): Option =>
    new Option("--kafka <address>", what).argParser((given: string) => {
        if (/^[^\s:,/]+:\d+(,[^\s:,/]+:\d+)*$/.test(given)) return given;
        throw new UsageError(`--kafka ${given}: expected HOST:PORT, several separated by commas`);
    });
