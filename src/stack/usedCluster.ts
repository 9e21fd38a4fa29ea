/** A stack of connectors alone, on the Connect cluster of another stack. */
import { invalidValue, issue, missingSetting, type Issue } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { parseOutputs, type PlatformOutputs } from "../schema/stackOutputs";
import { isObject } from "../util/data";
import type { RawStack } from "./parseSections";
import { outputsOfFile, usedStack, writtenUse, type RawOutputs } from "./usedOutputs";

/** Settings of `connect` that mean something beside `use`. */
const beside = ["use", "wait", "timeoutMinutes"];

/** Settings that describe a Connect cluster which the stack does not create. */
export function checkUsedCluster(raw: RawStack): Issue[] {
    const { connect } = raw;
    if (!isObject(connect) || !("use" in connect)) return [];
    const settings = Object.keys(connect)
        .filter((key) => !beside.includes(key))
        .map((key) =>
            issue(
                "KCP_CONFLICTING_SETTINGS",
                ["connect", key],
                "belongs to the stack of the Connect cluster that connect.use names; remove it here",
            ),
        );
    return [...settings, ...checkUse(writtenUse(raw) ?? {})];
}

/** Either the stack or name and namespace identify the Connect cluster. */
function checkUse(use: Readonly<Record<string, unknown>>): Issue[] {
    const at = (key: string) => ["connect", "use", key];
    if (use.stack === undefined)
        return [
            ...["name", "namespace"]
                .filter((key) => use[key] === undefined)
                .map((key) => missingSetting(at(key), `the ${key} of the KafkaConnect, or connect.use.stack`)),
            ...["team", "outputsFile"]
                .filter((key) => use[key] !== undefined)
                .map((key) => issue("KCP_UNUSED_SETTING", at(key), "unused: connect.use.stack is not set")),
        ];
    return ["name", "namespace"]
        .filter((key) => use[key] !== undefined)
        .map((key) =>
            issue("KCP_CONFLICTING_SETTINGS", at(key), "is an output of connect.use.stack; remove one of the two"),
        );
}

/** The outputs of the used stack, or the issue that they cannot be used. */
export interface UsedOutputs {
    readonly outputs?: PlatformOutputs;
    readonly issues: Issue[];
}

/**
 * The outputs of the stack that `connect.use.stack` names.
 *
 * @param received those that the engine read; undefined where no engine runs: they are then read from the file
 */
export function usedOutputs(raw: RawStack, received?: RawOutputs): UsedOutputs {
    const stack = usedStack(raw);
    if (stack === undefined) return { issues: [] };
    const path = ["connect", "use", received ? "stack" : "outputsFile"];
    const file = writtenUse(raw)?.outputsFile;
    let found = received;
    try {
        found ??= outputsOfFile(raw);
    } catch {
        return { issues: [invalidValue(path, file, "a JSON file that `pulumi stack output --json` wrote")] };
    }
    if (!found)
        return {
            issues: [
                missingSetting(
                    path,
                    `the file that \`pulumi stack output --json --stack ${stack}\` wrote: only the engine ` +
                        "reads the outputs of another stack",
                ),
            ],
        };
    const result = parseOutputs(found);
    if ("reason" in result) return { issues: [issue("KCP_INVALID_VALUE", path, `${stack}: ${result.reason}`)] };
    const { outputs } = result;
    if (!outputs.connectClusterName)
        return { issues: [issue("KCP_INVALID_VALUE", path, `${stack}: it has no Connect cluster`)] };
    const version = isObject(raw.strimzi) ? raw.strimzi.version : undefined;
    if (version === undefined || version === outputs.strimziVersion) return { outputs, issues: [] };
    const reason = `${stack} runs this version; remove the setting here`;
    return {
        outputs,
        issues: [invalidValue(["strimzi", "version"], version, outputs.strimziVersion, { reason })],
    };
}

const sectionOf = (value: unknown): Record<string, unknown> => (isObject(value) ? value : {});

/** The settings, with what the outputs of the used stack say where the stack file is silent. */
export function withUsedOutputs(raw: RawStack, outputs: PlatformOutputs | undefined): RawStack {
    if (!outputs) return raw;
    const { connectClusterName: name, namespace, strimziVersion, kafkaBootstrapServers } = outputs;
    const kafka = { ...(kafkaBootstrapServers && { bootstrapServers: kafkaBootstrapServers }) };
    return {
        ...raw,
        connect: { ...sectionOf(raw.connect), use: { ...writtenUse(raw), name, namespace } },
        strimzi: { ...sectionOf(raw.strimzi), version: strimziVersion },
        kafka: { ...kafka, ...sectionOf(raw.kafka) },
    };
}

/** The sections of such a stack: everything but its connectors, topics and users belongs to the other stack. */
export function useOtherCluster(parsed: ParsedSections): void {
    const { connect, strimzi } = parsed;
    if (!connect?.use) return;
    const { name = connect.name, namespace = connect.namespace } = connect.use;
    parsed.connect = { ...connect, name, namespace, install: false, createNamespace: false };
    if (strimzi) parsed.strimzi = { ...strimzi, install: false, crds: false };
}
