/**
 * No value that the evaluation of a stack accepts without a warning is rejected by the plugin. Each key that a plugin
 * lists is set to a few wrong values, one after the other. Needs Java and, on a new machine, Maven.
 */
import assert from "node:assert/strict";
import type { ConnectApi } from "../../src/local/connectApi";
import { findings, withDummies } from "../../src/local/pluginValidation";
import { withWorker } from "../../src/local/validationWorker";
import { SettingsError } from "../../src/schema/issues";
import { loadStack } from "../../src/stack/loadStack";
import type { Settings } from "../../src/stack/settings";
import { keyLists } from "../../src/validation/pluginKeyLists";
import { fullDeclarations, stackWith } from "../support/declarations";
import type { Raw } from "../support/stacks";
import { skipUnlessAvailable } from "./requirements";

/** Another type, below and above most ranges, nothing, and no expression. */
const wrongValues = ["no such value", -1, 2_147_483_648, "", "(unclosed"];

/**
 * Keys that are left out: classes that the plugin loads while it validates (which ones an image has is not known), a
 * file that is standard input where it is empty, and a host that the plugin connects to.
 */
const leftOut = /^(sourceinfo\.struct\.maker|transaction\.metadata\.factory|file|database\.hostname)$/;

/** Templates whose plugins are in a Maven repository and whose validation waits for no server. */
const templates = ["debeziumPostgresSource", "debeziumMysqlSource", "mirrorSource", "jdbcSink", "fileStreamSource"];

type Connector = Settings["connectors"][number];

/** The connector of a stack, and its warnings; undefined where the stack has errors. */
function evaluate(connector: Raw): { connector: Connector; warnings: readonly string[] } | undefined {
    try {
        const { connectors, warnings } = loadStack(stackWith([connector]), "test");
        return { connector: connectors[0], warnings: warnings.map(({ message }) => message) };
    } catch (error) {
        if (error instanceof SettingsError) return undefined;
        throw error;
    }
}

/** What the plugin rejects of a configuration. */
async function rejections(api: ConnectApi, connector: Connector): Promise<string[]> {
    try {
        const answer = await api.validate(connector.class, withDummies(connector, new Map()));
        const found = findings(connector, answer).filter(({ unreachable }) => !unreachable);
        return found.map(({ message }) => message);
    } catch (error) {
        return [String(error)];
    }
}

/** The values of a template's plugin that the evaluation accepts and the plugin rejects. */
async function silentValues(api: ConnectApi, template: string): Promise<string[]> {
    const declared = fullDeclarations.find(({ connectorTemplate }) => String(connectorTemplate).includes(template))!;
    const { class: className, config, outputTopics } = evaluate(declared)!.connector;
    const topics = outputTopics.filter((topic) => !topic.includes("*"));
    const rawOf = (changed: Raw): Raw => ({
        ...{ connectorTemplate: "raw", name: "mutated", class: className },
        ...{ ...(topics.length > 0 ? { topics } : {}), config: changed },
    });
    const original = evaluate(rawOf(config))!;
    const already = await rejections(api, original.connector);
    const silent: string[] = [];
    for (const key of Object.keys(keyLists(className, { usesManifest: true })[0].keys)) {
        if (key.includes("(") || key.endsWith("plugin.version") || leftOut.test(key)) continue;
        for (const value of wrongValues) {
            const found = evaluate(rawOf({ ...config, [key]: value }));
            if (!found || found.warnings.length > original.warnings.length) continue;
            const rejected = (await rejections(api, found.connector)).filter((message) => !already.includes(message));
            if (rejected.length > 0) silent.push(`${key}: ${JSON.stringify(value)}: ${rejected[0]}`);
        }
    }
    return silent;
}

describe("wrong values of connectors", function () {
    this.timeout(600_000);
    before(function () {
        skipUnlessAvailable(this, "java", "maven", "nightly");
    });

    it("are reported by the evaluation where the plugin rejects them", async () => {
        const raw = stackWith(
            fullDeclarations.filter(({ connectorTemplate }) =>
                templates.some((name) => String(connectorTemplate).includes(name)),
            ),
        );
        const silent = await withWorker(
            { stack: "test", raw, settings: loadStack(raw, "test"), say: () => undefined },
            async (api) => {
                const found: Record<string, string[]> = {};
                for (const template of templates) found[template] = await silentValues(api, template);
                return found;
            },
        );
        assert.deepEqual(silent, Object.fromEntries(templates.map((template) => [template, []])));
    });
});
