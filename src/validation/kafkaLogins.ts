/** Secrets of the logins to Kafka: the user that they are of, and keys that hold something else. */
import { invalidValue, issue, type Issue, type SettingPath } from "../schema/issues";
import type { UserSettings } from "../schema/kafkaAccess";
import type { ParsedSections } from "../schema/sections";
import { kafkaNamespace } from "../strimzi/ownKafka";
import { misspelledName } from "../util/nearest";

const at = ["kafka", "authentication"];

/** The user of the stack whose Secret the workers log in with. That of kafkaCluster is derived. */
function ownUser({ kafka, kafkaCluster, kafkaAccess, connect }: ParsedSections): UserSettings | undefined {
    if (!kafka || kafkaCluster || !connect?.install) return undefined;
    if (kafkaNamespace(kafkaCluster, connect, kafkaAccess) !== connect.namespace) return undefined;
    return kafkaAccess?.users.find(({ name }) => name === kafka.authentication.secretName);
}

/** A Secret without what the login reads: the user operator writes a password or a certificate. */
export function checkKafkaLogins(sections: ParsedSections): Issue[] {
    const user = ownUser(sections);
    const type = sections.kafka?.authentication.type;
    if (!user || (type !== "tls" && type !== "scram-sha-512")) return [];
    const ofUser = user.authentication ?? "tls";
    return ofUser === type
        ? []
        : [
              invalidValue([...at, "type"], type, ofUser, {
                  reason: `the Secret is of the user ${user.name} of kafkaAccess.users, who authenticates by ${ofUser}`,
              }),
          ];
}

interface SecretKey {
    readonly at: SettingPath;
    readonly key: string | undefined;
    readonly holds: "certificate" | "privateKey";
}

function secretKeys({ kafka, kafkaCluster }: ParsedSections): SecretKey[] {
    if (!kafka || kafkaCluster) return [];
    const { type, certificateKey, privateKeyKey } = kafka.authentication;
    const ofLogin: SecretKey[] = [
        { at: [...at, "certificateKey"], key: certificateKey, holds: "certificate" },
        { at: [...at, "privateKeyKey"], key: privateKeyKey, holds: "privateKey" },
    ];
    return [
        ...(type === "tls" ? ofLogin : []),
        ...(kafka.tls?.trustedCertificates ?? []).map(({ certificate }, index): SecretKey => {
            const path = ["kafka", "tls", "trustedCertificates", index, "certificate"];
            return { at: path, key: certificate, holds: "certificate" };
        }),
    ];
}

/** Extensions of files that hold something else than PEM, or than the setting names. */
function keyWarnings({ at: path, key = "", holds }: SecretKey): Issue[] {
    if (/\.(p12|pfx|jks)$/i.test(key))
        return [invalidValue(path, key, "the key of a PEM file", { reason: "this one is a keystore" })];
    const [other, expected] =
        holds === "certificate"
            ? [/\.key$/i, "the key of a certificate"]
            : [/\.(crt|cer|cert)$/i, "that of a private key"];
    return other.test(key)
        ? [invalidValue(path, key, expected, { reason: "certificate and private key are swapped" })]
        : [];
}

/** Secrets of the bridge that are swapped, or the same. */
function bridgeWarnings({ httpBridge }: ParsedSections): Issue[] {
    const { userSecret, caSecret } = httpBridge?.kafka ?? {};
    if (userSecret === undefined) return [];
    const path = ["httpBridge", "kafka"];
    if (userSecret.endsWith("-cluster-ca-cert"))
        return [
            invalidValue([...path, "userSecret"], userSecret, "the Secret of a user, with user.crt and user.key", {
                reason: "this is the one of a cluster's CA",
            }),
        ];
    return userSecret === caSecret
        ? [
              issue(
                  "KCP_CONFLICTING_SETTINGS",
                  [...path, "caSecret"],
                  "is the user's Secret, whose ca.crt is the CA of clients with Strimzi; use NAME-cluster-ca-cert",
              ),
          ]
        : [];
}

/** A login by a name that is close to one of the stack's users, and that none of them has. */
function misspeltUser({ kafka, kafkaCluster, kafkaAccess }: ParsedSections): Issue[] {
    const { type, username = "", secretName } = kafka?.authentication ?? {};
    // the name of the user's Secret, which is reported there
    if (username === secretName) return [];
    if (kafkaCluster || !["scram-sha-512", "scram-sha-256", "plain"].includes(type ?? "")) return [];
    const meant = misspelledName(
        username,
        (kafkaAccess?.users ?? []).map(({ name }) => name),
    );
    return meant === undefined
        ? []
        : [
              issue(
                  "KCP_UNDECLARED_NAME",
                  [...at, "username"],
                  `kafkaAccess.users declares no user ${username}; did you mean "${meant}"?`,
              ),
          ];
}

/** Logins that are probably those of another user, and keys that probably hold something else. */
export function kafkaLoginWarnings(sections: ParsedSections): Issue[] {
    const user = ownUser(sections);
    const { type, username } = sections.kafka?.authentication ?? {};
    const isOther = user !== undefined && type === "scram-sha-512" && username !== user.name;
    return [
        ...(isOther
            ? [
                  invalidValue([...at, "username"], username, user.name, {
                      reason: "the password is that of this user of kafkaAccess.users",
                  }),
              ]
            : []),
        ...(isOther ? [] : misspeltUser(sections)),
        ...secretKeys(sections).flatMap(keyWarnings),
        ...bridgeWarnings(sections),
    ];
}
