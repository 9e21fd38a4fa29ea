/** Validates every connector of a stack with the plugin that will run it: `kcp check`. */
import * as fs from "fs";
import * as path from "path";
import type { ResolvedConnector } from "../../src/connectors/template";
import type { ConnectApi } from "../../src/local/connectApi";
import { findings, withDummies, type Finding } from "../../src/local/pluginValidation";
import { withWorker } from "../../src/local/validationWorker";
import { clusterTarget } from "../../src/operations/clusterTarget";
import { managedByTwoWarnings } from "../../src/operations/managers";
import { SettingsError, type Issue } from "../../src/schema/issues";
import { loadStack } from "../../src/stack/loadStack";
import { relocate } from "../../src/stack/connectorList";
import type { Settings } from "../../src/stack/settings";
import { lineFinder } from "../../src/stack/lineFinder";
import { readStack } from "../../src/stack/stackFile";
import { chooseStack, type StackOptions } from "../support/chooseStack";
import { exitCodes, type ExitCode } from "../support/exitCodes";
import { checkDatabases } from "./databases";
import { writeKeys } from "./writeKeys";
import { faultsIn, markdown, type Result } from "./checkReport";

/** Options of `kcp check`. */
export interface CheckOptions extends StackOptions {
    /** File for the result, instead of stdout. */
    out?: string;
    json?: boolean;
    /** Folder with plugins that no Maven repository has. */
    plugins?: string;
    /** Ask the databases of the sources too. */
    connect?: boolean;
    /** Cluster whose KafkaConnectors are read too. */
    kubeconfig?: string;
    /** Context within the kubeconfig. */
    context?: string;
    /** Record the keys of the templates' plugins instead of checking. */
    writeKeys?: boolean;
}

/** The keys of each class, which the worker is asked for once. */
function definitionsByClass(api: ConnectApi): (className: string) => ReturnType<ConnectApi["definitions"]> {
    const known = new Map<string, ReturnType<ConnectApi["definitions"]>>();
    return (className) => {
        const definitions = known.get(className) ?? api.definitions(className);
        known.set(className, definitions);
        return definitions;
    };
}

/** The findings of a connector's plugin; undefined when the worker has no such plugin. */
async function checkConnector(
    api: ConnectApi,
    connector: ResolvedConnector,
    definitionsOf: ReturnType<typeof definitionsByClass>,
): Promise<Finding[] | undefined> {
    const definitions = await definitionsOf(connector.class);
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

/** What is probably wrong with the KafkaConnectors that run. Only the API server is read. */
async function checkCluster({ connectors, connect, eks, release }: Settings, options: CheckOptions): Promise<Issue[]> {
    const { kubeconfig, context = eks?.context } = options;
    const { name, namespace } = connect;
    const target = await clusterTarget({ kubeconfig, context, namespace, name, apiVersion: release.apiVersion });
    return managedByTwoWarnings(connectors, await target.connectors());
}

function write(text: string, out: string | undefined): void {
    if (out === undefined) return console.log(text);
    fs.mkdirSync(path.dirname(out), { recursive: true });
    fs.writeFileSync(out, `${text}\n`);
}

/** The result for a stack file that is rejected before any plugin is asked. */
const rejected = (stack: string, { findings: found }: SettingsError): Result => ({
    stack,
    connectors: 0,
    unchecked: [],
    findings: found.map((item) => ({ ...item, unreachable: false })),
});

/** Checks a stack and prints the result. Progress goes to stderr, so that the result can be piped. */
export async function check(options: CheckOptions): Promise<ExitCode> {
    const { stack, file } = chooseStack(options, options.writeKeys ? "local" : undefined);
    try {
        return await checkStack(options, stack, file);
    } catch (error) {
        if (!(options.json && error instanceof SettingsError)) throw error;
        write(JSON.stringify(rejected(stack, error), null, 2), options.out);
        return exitCodes.failed;
    }
}

async function checkStack(options: CheckOptions, stack: string, file: string): Promise<ExitCode> {
    const raw = readStack(stack, file);
    const settings = loadStack(raw, stack, file);
    const say = (text: string) => console.error(`  ${text}`);
    const checked = { stack, raw, settings, plugins: options.plugins, allPlugins: options.writeKeys, say };
    if (options.writeKeys) {
        await withWorker(checked, (api) => writeKeys(api, say));
        return exitCodes.ok;
    }
    const databases = options.connect ? await checkDatabases(settings.connectors) : undefined;
    const cluster = options.kubeconfig ? await checkCluster(settings, options) : undefined;
    const answers = await withWorker(checked, (api) => {
        const definitionsOf = definitionsByClass(api);
        return Promise.all(settings.connectors.map((connector) => checkConnector(api, connector, definitionsOf)));
    });
    const lineOf = lineFinder(file);
    const located = <T extends Issue>(finding: T): T => {
        const placed = relocate(finding, settings.connectorLocations);
        return { ...placed, line: placed.line ?? (placed.file ? undefined : lineOf(placed.path)) };
    };
    const result: Result = {
        stack,
        connectors: settings.connectors.length,
        unchecked: settings.connectors
            .filter((_, index) => answers[index] === undefined)
            .map(({ name, class: className }) => `${name} (no plugin with ${className} is available here)`),
        findings: [
            ...answers.flatMap((found) => found ?? []),
            ...(databases?.issues ?? []).map((found) => ({ ...found, unreachable: false })),
        ].map(located),
        ...(cluster && { cluster: { warnings: cluster.map(located) } }),
        ...(databases && { databases: { unchecked: databases.unchecked, warnings: databases.warnings.map(located) } }),
    };
    write(options.json ? JSON.stringify(result, null, 2) : markdown(result), options.out);
    return faultsIn(result).length > 0 ? exitCodes.failed : exitCodes.ok;
}
