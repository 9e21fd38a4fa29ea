/** Configuration of Pulumi's providers in a stack file, which the platform's own providers do not read. */
import { issue, type Issue } from "../schema/issues";
import { isObject, valueAt } from "../util/data";
import { nearest } from "../util/nearest";
import { settingNameOf } from "./settingNames";

/** Prefixes that Pulumi itself or a default provider of the program reads. */
const readPrefixes = ["pulumi", "docker", "docker-build"];

/** Settings of the platform in place of a provider's configuration. */
const settings: Readonly<Record<string, string>> = {
    "aws:region": "set eks.region",
    "aws:allowedAccountIds": "set eks.accountId",
    "aws:defaultTags": "set eks.tags",
    "aws:profile": "set the variable AWS_PROFILE where Pulumi runs",
    "aws:assumeRole": "log in with the role where Pulumi runs",
    "aws:assumeRoles": "log in with the role where Pulumi runs",
    "kubernetes:context": "set eks.context",
    "kubernetes:kubeconfig": "set eks.kubeconfig",
    "kubernetes:namespace": "set connect.namespace",
};

/** Keys of the form PROVIDER:NAME or PROVIDER:config:NAME. */
const canonical = (key: string): string => key.replace(":config:", ":");

/**
 * A warning for each key that no provider of the platform reads. Those with the value of the platform's own setting are
 * left out: other tools read them.
 *
 * @param config the `config` of a stack file, every key as it is written
 */
export function providerConfigWarnings(config: Readonly<Record<string, unknown>>): Issue[] {
    const [eks] = Object.entries(config).flatMap(([key, value]) => (settingNameOf(key) === "eks" ? [value] : []));
    return Object.entries(config).flatMap(([key, value]): Issue[] => {
        const name = canonical(key);
        const prefix = name.split(":")[0];
        const isRead = settingNameOf(key) !== undefined || readPrefixes.includes(prefix);
        const hasSetting = name === "aws:region" && isObject(eks) && valueAt(eks, ["region"]) === value;
        if (isRead || hasSetting) return [];
        const isOwn = prefix === "aws" || prefix === "kubernetes";
        const hint = settings[nearest(name, Object.keys(settings)) ?? name] ?? "remove it";
        const message = isOwn
            ? `unused: the platform's provider does not read it; ${hint}`
            : `unused: the platform has no provider "${prefix}"`;
        return [issue("KCP_UNUSED_SETTING", [key], message)];
    });
}
