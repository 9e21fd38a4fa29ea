/** The Connect cluster by itself, and its login to a Kafka of the `kafka` section. */
import { issue, missingSetting, type Issue } from "../schema/issues";
import type { ConnectSettings } from "../schema/connect";
import type { SecretsSettings } from "../schema/secrets";
import type { ParsedSections } from "../schema/sections";
import { forbiddenConfig } from "../strimzi/connectConfig";
import { duplicateNames } from "./duplicateNames";
import { checkManagedKeys } from "./managedConfig";

export function checkConnect({ connect, secrets }: ParsedSections): Issue[] {
    if (!connect) return [];
    const { prefixes, storage, allowed } = forbiddenConfig;
    const admitsEveryPod = connect.allowFrom.flatMap(({ namespace, podLabels }, index) =>
        namespace || Object.keys(podLabels).length > 0 ? [] : [index],
    );
    return [
        ...checkManagedKeys(connect.config, { prefixes: [...prefixes, ...storage], allowed }, ["connect", "config"]),
        ...checkExactlyOnce(connect),
        ...checkProviders(connect, secrets),
        ...admitsEveryPod.map((index) =>
            issue(
                "KCP_BROAD_ACCESS",
                ["connect", "allowFrom", index],
                "admits every pod of the Kubernetes cluster; set namespace, podLabels or both",
            ),
        ),
        ...(["env", "volumes"] as const).flatMap((key) =>
            duplicateNames(
                connect[key].map(({ name }) => name),
                ["connect", key],
            ),
        ),
    ];
}

const exactlyOnceKey = "exactly.once.source.support";

/** `connect.config` replaces what `exactlyOnce` sets. */
const checkExactlyOnce = ({ exactlyOnce, config }: ConnectSettings): Issue[] =>
    exactlyOnce && config[exactlyOnceKey] !== undefined && config[exactlyOnceKey] !== "enabled"
        ? [
              issue(
                  "KCP_CONFLICTING_SETTINGS",
                  ["connect", "config", exactlyOnceKey],
                  "conflicts with connect.exactlyOnce, which enables it; remove one of the two",
              ),
          ]
        : [];

/** A provider of the platform's name would replace the platform's, and no reference of a connector be resolved. */
const checkProviders = ({ config }: ConnectSettings, secrets: SecretsSettings | undefined): Issue[] =>
    secrets && config[`config.providers.${secrets.name}.class`] !== undefined
        ? [
              issue(
                  "KCP_CONFLICTING_SETTINGS",
                  ["connect", "config", `config.providers.${secrets.name}.class`],
                  `replaces the config provider of the section secrets; use another name than ${secrets.name}`,
              ),
          ]
        : [];

/** The settings that each type of authentication requires. */
const requiredBy = {
    none: [],
    tls: ["secretName"],
    "scram-sha-512": ["username", "secretName"],
    plain: ["username", "secretName"],
    "aws-msk-iam": ["clusterArn"],
} as const;

const credentialDescriptions = {
    username: "a user name",
    secretName: "the name of a Secret",
    clusterArn: "the ARN of the MSK cluster",
} as const;

/** What the workers need to log in to Kafka. */
export function checkAuthentication({ kafka }: ParsedSections): Issue[] {
    if (!kafka) return [];
    const { authentication } = kafka;
    return requiredBy[authentication.type]
        .filter((key) => !authentication[key])
        .map((key) =>
            missingSetting(
                ["kafka", "authentication", key],
                `${credentialDescriptions[key]}, because the type is ${authentication.type}`,
            ),
        );
}
