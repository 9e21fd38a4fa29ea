/** What a stack file has besides the platform's settings: keys of Pulumi itself, and the configuration of providers. */
import { issue, type Issue, type SettingPath } from "../schema/issues";
import { isLiteralCredential } from "../util/credentials";
import { isObject } from "../util/data";

/** Secrets providers, each with a URL or by its name alone (Pulumi's secrets documentation). */
const secretsProvider = /^(default|passphrase|(awskms|azurekeyvault|gcpkms|hashivault):\/\/\S+)$/;

/** Values of keys that Pulumi reads before the program starts. */
function pulumiKeyIssues({ secretsprovider, encryptionsalt }: Readonly<Record<string, unknown>>): Issue[] {
    const salt = String(encryptionsalt ?? "v1:");
    const isProvider = secretsprovider === undefined || secretsProvider.test(String(secretsprovider));
    const expected = "passphrase, default, or a URL with awskms, azurekeyvault, gcpkms or hashivault";
    return [
        ...(isProvider
            ? []
            : [
                  issue(
                      "KCP_INVALID_VALUE",
                      ["secretsprovider"],
                      `expected ${expected}, received ${JSON.stringify(secretsprovider)}`,
                  ),
              ]),
        ...(salt.startsWith("v1:")
            ? []
            : [issue("KCP_INVALID_VALUE", ["encryptionsalt"], "expected v1: and what Pulumi wrote after it")]),
    ];
}

/** Providers whose configuration can contain credentials. */
const providers = /^(aws|aws-native|kubernetes|docker|docker-build):(?:config:)?(.+)$/;

/** Literal credentials in a value of one name. */
function credentialPaths(name: string, value: unknown, path: SettingPath): SettingPath[] {
    if (typeof value === "string") {
        const isKey = /^(accessKey|secretKey|token|password)$/.test(name) && value !== "";
        // a kubeconfig is written as one string
        const hasToken = /\b(token|client-key-data|password):\s*\S/.test(value);
        return isKey || hasToken || isLiteralCredential(name, value) ? [path] : [];
    }
    if (value === null || typeof value !== "object" || (isObject(value) && "secure" in value)) return [];
    return Object.entries(value).flatMap(([key, item]) =>
        credentialPaths(key, item, [...path, Array.isArray(value) ? Number(key) : key]),
    );
}

/** Values that Pulumi does not read, and credentials that would be committed with the file. */
export function otherKeyIssues(content: unknown): Issue[] {
    if (!isObject(content)) return [];
    const config = isObject(content.config) ? content.config : {};
    const credentials = Object.entries(config).flatMap(([key, value]) => {
        const name = providers.exec(key)?.[2];
        return name === undefined ? [] : credentialPaths(name, value, [key]);
    });
    return [
        ...pulumiKeyIssues(content),
        ...credentials.map((path) =>
            issue(
                "KCP_LITERAL_CREDENTIAL",
                path,
                "literal credential; use the environment, or `pulumi config set --secret`",
            ),
        ),
    ];
}
