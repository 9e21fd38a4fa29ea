/** Checks on a standalone worker. */
import { secretKeyPattern } from "./connectorReferences";
import { ownWorkerKeys } from "../standalone/worker";
import { duplicates } from "../util/data";
import { invalidValue, issue, missingSetting, type Issue } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";

const ownConnectorKeys: Record<string, string> = { name: "name", "connector.class": "class", "tasks.max": "tasksMax" };

const isCredential = (key: string): boolean => secretKeyPattern.test(key) || /user\.info$/.test(key);

/** All of them. */
export function checkStandalone({ standaloneConnect: standalone }: ParsedSections): Issue[] {
    if (!standalone) return [];
    const issues: Issue[] = [];
    const literal = (config: Readonly<Record<string, unknown>>, at: (string | number)[]) => {
        for (const [key, value] of Object.entries(config)) {
            if (isCredential(key) && !String(value).includes("${"))
                issues.push(
                    issue(
                        "KCP_TODO",
                        [...at, key],
                        "holds a literal credential, wants a reference such as ${dir:/mnt/secrets/SECRET:KEY}, SECRET listed in standaloneConnect.secrets",
                    ),
                );
            for (const [, secret] of String(value).matchAll(/\$\{dir:\/mnt\/secrets\/([^:}]+):/g))
                if (!standalone.secrets.includes(secret))
                    issues.push(
                        issue(
                            "KCP_TODO",
                            [...at, key],
                            `refers to the Secret ${secret}, which standaloneConnect.secrets does not list`,
                        ),
                    );
        }
    };
    for (const key of Object.keys(standalone.config))
        if (ownWorkerKeys.test(key))
            issues.push(
                issue(
                    "KCP_TODO",
                    ["standaloneConnect", "config", key],
                    "is not set here: the platform makes it of the other settings",
                ),
            );
    literal(standalone.config, ["standaloneConnect", "config"]);
    standalone.connectors.forEach(({ config }, index) => {
        const at = ["standaloneConnect", "connectors", index, "config"];
        for (const [key, option] of Object.entries(ownConnectorKeys))
            if (config[key] !== undefined)
                issues.push(issue("KCP_TODO", [...at, key], `is not set here but by ${option}`));
        literal(config, at);
    });
    for (const index of duplicates(standalone.connectors.map(({ name }) => name)))
        issues.push(
            issue(
                "KCP_TODO",
                ["standaloneConnect", "connectors", index, "name"],
                `is ${standalone.connectors[index].name} twice`,
            ),
        );
    const avro =
        standalone.keyConverter === "avro"
            ? "keyConverter"
            : standalone.valueConverter === "avro"
              ? "valueConverter"
              : undefined;
    if (avro && !standalone.schemaRegistry)
        issues.push(
            missingSetting(
                ["standaloneConnect", "schemaRegistry"],
                `a group of settings: url, credentials; ${avro} is avro`,
            ),
        );
    if (!avro && standalone.schemaRegistry)
        issues.push(
            issue(
                "KCP_TODO",
                ["standaloneConnect", "schemaRegistry"],
                "is given, and neither keyConverter nor valueConverter is avro, which uses it",
            ),
        );
    if (standalone.credentials && !standalone.tls)
        issues.push(
            invalidValue(
                ["standaloneConnect", "tls"],
                false,
                "true where there are credentials: PLAIN sends them as they are",
            ),
        );
    return issues;
}
