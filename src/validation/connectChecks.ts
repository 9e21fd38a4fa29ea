/** The Connect cluster by itself, and its login to a Kafka of the `kafka` section. */
import { issue, missingSetting, type Issue } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { forbiddenConfig } from "../strimzi/connectConfig";
import { duplicateNames } from "./duplicateNames";
import { checkManagedKeys } from "./managedConfig";

export function checkConnect({ connect }: ParsedSections): Issue[] {
    if (!connect) return [];
    const { prefixes, storage, allowed } = forbiddenConfig;
    const admitsEveryPod = connect.allowFrom.flatMap(({ namespace, podLabels }, index) =>
        namespace || Object.keys(podLabels).length > 0 ? [] : [index],
    );
    return [
        ...checkManagedKeys(connect.config, { prefixes: [...prefixes, ...storage], allowed }, ["connect", "config"]),
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
