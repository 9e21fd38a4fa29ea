/** Checks on a standalone worker. */
import { looksSecret } from "./connectorReferences";
import { ownWorkerKeys } from "../standalone/worker";
import { duplicates } from "../util/data";
import type { Fault } from "../schema/issues";
import type { ReadGroups } from "../schema/sections";

const ownConnectorKeys: Record<string, string> = { name: "name", "connector.class": "class", "tasks.max": "tasksMax" };

const isCredential = (key: string): boolean => looksSecret.test(key) || /user\.info$/.test(key);

/** All of them. */
export function checkStandalone({ standaloneConnect: standalone }: ReadGroups): Fault[] {
    if (!standalone) return [];
    const faults: Fault[] = [];
    const literal = (config: Readonly<Record<string, unknown>>, at: (string | number)[]) => {
        for (const [key, value] of Object.entries(config)) {
            if (isCredential(key) && !String(value).includes("${"))
                faults.push({
                    path: [...at, key],
                    message:
                        "holds a literal credential, wants a reference such as ${dir:/mnt/secrets/SECRET:KEY}, SECRET listed in standaloneConnect.secrets",
                });
            for (const [, secret] of String(value).matchAll(/\$\{dir:\/mnt\/secrets\/([^:}]+):/g))
                if (!standalone.secrets.includes(secret))
                    faults.push({
                        path: [...at, key],
                        message: `refers to the Secret ${secret}, which standaloneConnect.secrets does not list`,
                    });
        }
    };
    for (const key of Object.keys(standalone.config))
        if (ownWorkerKeys.test(key))
            faults.push({
                path: ["standaloneConnect", "config", key],
                message: "is not set here: the platform makes it of the other settings",
            });
    literal(standalone.config, ["standaloneConnect", "config"]);
    standalone.connectors.forEach(({ config }, index) => {
        const at = ["standaloneConnect", "connectors", index, "config"];
        for (const [key, option] of Object.entries(ownConnectorKeys))
            if (config[key] !== undefined)
                faults.push({ path: [...at, key], message: `is not set here but by ${option}` });
        literal(config, at);
    });
    for (const index of duplicates(standalone.connectors.map(({ name }) => name)))
        faults.push({
            path: ["standaloneConnect", "connectors", index, "name"],
            message: `is ${standalone.connectors[index].name} twice`,
        });
    const avro =
        standalone.keyConverter === "avro"
            ? "keyConverter"
            : standalone.valueConverter === "avro"
              ? "valueConverter"
              : undefined;
    if (avro && !standalone.schemaRegistry)
        faults.push({
            path: ["standaloneConnect", "schemaRegistry"],
            got: undefined,
            wants: `a group of settings: url, credentials; ${avro} is avro`,
        });
    if (!avro && standalone.schemaRegistry)
        faults.push({
            path: ["standaloneConnect", "schemaRegistry"],
            message: "is given, and neither keyConverter nor valueConverter is avro, which uses it",
        });
    if (standalone.credentials && !standalone.tls)
        faults.push({
            path: ["standaloneConnect", "tls"],
            got: false,
            wants: "true where there are credentials: PLAIN sends them as they are",
        });
    return faults;
}
