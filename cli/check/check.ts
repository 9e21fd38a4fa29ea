/** Puts every connector of a stack before the plugin that will run it: npm run check -- --stack dev */
import * as fs from "fs";
import { parseArgs } from "util";
import { keysFile, type KnownKeys } from "../../src/validation/configKeys";
import { templateClasses } from "../../src/connectors/templates";
import type { ResolvedConnector } from "../../src/connectors/template";
import type { ConnectApi } from "../../src/local/connectApi";
import { loadStack } from "../../src/stack/loadStack";
import { knownStack, lineFinder, readStack, stackFile, stackNames } from "../../src/stack/stackFile";
import { faultsIn, markdown, type Result } from "./checkReport";
import { findings, withDummies, type Finding } from "../../src/local/pluginValidation";
import { withWorker } from "../../src/local/validationWorker";

const usage = `Usage: npm run check -- --stack NAME [--json]
Asks the plugins of the image what they say of every connector of a stack. Needs no cluster and no credentials.

  --stack NAME    the stack: ${stackNames().join(", ")}
  --json          print the result as JSON instead of Markdown
  --plugins DIR   plugins that Maven does not have, each unpacked in a folder of its name in plugins.json
  --write-keys    record the keys that the plugins of the templates know in connectors/pluginKeys.json
  --help          this text
Exit code 0 when no plugin refuses anything, 1 when one does.`;

async function checkPlan(api: ConnectApi, connector: ResolvedConnector): Promise<Finding[] | undefined> {
    const definitions = await api.definitions(connector.class);
    if (!definitions) return undefined;
    const config = withDummies(connector, new Map(definitions.map(({ name, type }) => [name, type])));
    try {
        return findings(connector, await api.validate(connector.class, config));
    } catch (error) {
        return [
            {
                code: "KCP_PLUGIN_REJECTED",
                path: ["connectors", connector.index],
                message: `(${connector.name}) ${(error as Error).message}`,
                unreachable: false,
            },
        ];
    }
}

/** The keys of every template's class, as the plugins report them, those of Connect itself among them. Of a plugin that is not here, what was recorded stays. */
async function writeKeys(api: ConnectApi, say: (text: string) => void): Promise<void> {
    const recorded = JSON.parse(fs.readFileSync(keysFile, "utf8")) as KnownKeys;
    const known: KnownKeys = {};
    for (const className of [...templateClasses].sort()) {
        const definitions = await api.definitions(className);
        if (!definitions) {
            say(`${className} is on no plugin that can be had here; its recorded keys stay`);
            if (recorded[className]) known[className] = recorded[className];
            continue;
        }
        const version = definitions.find(({ name }) => name === "connector.plugin.version")?.default_value ?? "";
        known[className] = {
            version,
            keys: Object.fromEntries(
                definitions.map(({ name, type }) => [name, type] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
            ),
        };
    }
    fs.writeFileSync(keysFile, `${JSON.stringify(known, null, 1)}\n`);
}

async function main(): Promise<void> {
    const { values } = parseArgs({
        options: {
            stack: { type: "string" },
            json: { type: "boolean", default: false },
            plugins: { type: "string" },
            "write-keys": { type: "boolean", default: false },
            help: { type: "boolean", default: false },
        },
    });
    if (values.help) return console.log(usage);
    const stack = knownStack(values.stack ?? (values["write-keys"] ? "local" : undefined));
    const raw = readStack(stack);
    const settings = loadStack(raw, stack);
    // progress beside the result, so that the result can be piped
    const say = (text: string) => console.error(`  ${text}`);
    if (values["write-keys"])
        return withWorker({ stack, raw, settings, plugins: values.plugins, say }, (api) => writeKeys(api, say));

    const answers = await withWorker({ stack, raw, settings, plugins: values.plugins, say }, (api) =>
        Promise.all(settings.connectors.map((connector) => checkPlan(api, connector))),
    );
    const lineOf = lineFinder(stackFile(stack));
    const result: Result = {
        stack,
        connectors: settings.connectors.length,
        unchecked: settings.connectors
            .filter((_, index) => answers[index] === undefined)
            .map(({ name, class: className }) => `${name} (${className} is on no plugin that can be had here)`),
        findings: answers
            .flatMap((found) => found ?? [])
            .map((finding) => ({ ...finding, line: lineOf(finding.path) })),
    };
    console.log(values.json ? JSON.stringify(result, null, 2) : markdown(result));
    if (faultsIn(result).length > 0) process.exitCode = 1;
}

main().then(
    () => process.exit(),
    (error: Error) => {
        console.error(error.message);
        process.exit(1);
    },
);
