/** Values of Aiven's HTTP sink (0.9): formats that it does not send, keys of modes that are off, and open logins. */
import { recordFormat } from "../../connectors/recordFormat";
import type { ResolvedConnector } from "../../connectors/template";
import { invalid, isReference, type Finding, type PluginRule } from "./rule";

const isTrue = (value: unknown): boolean => String(value).toLowerCase() === "true";

/** It sends strings, maps and structures (RecordValueConverter). */
const checkFormat = ({ config }: ResolvedConnector): Finding[] =>
    recordFormat(config, "value") === "bytes"
        ? [
              {
                  code: "KCP_FORMAT_MISMATCH",
                  key: "value.converter",
                  message: "the HTTP sink sends no bytes: the task fails at the first record; use StringConverter",
              },
          ]
        : [];

const checkBatches = ({ config }: ResolvedConnector): Finding[] =>
    isTrue(config["batching.enabled"])
        ? []
        : Object.keys(config)
              .filter((key) => /^batch\.(max\.size|prefix|suffix|separator)$/.test(key))
              .slice(0, 1)
              .map((key) => ({
                  code: "KCP_UNUSED_SETTING",
                  key,
                  message: "unused: batching.enabled is not true",
                  isWarning: true,
              }));

/** Hosts within a cluster or a machine have no dot, or one of these endings. */
const isInternal = (host: string): boolean => !host.includes(".") || /\.(svc|local|internal|test|lan)$/.test(host);

/** A login that is sent without TLS. Braze's is checked in sinkAddresses.ts. */
function checkLogin({ config }: ResolvedConnector): Finding[] {
    const hasLogin = !["none", "undefined"].includes(String(config["http.authorization.type"]).toLowerCase());
    return ["http.url", "oauth2.access.token.url"].flatMap((key): Finding[] => {
        const url = String(config[key] ?? "");
        const host = /^http:\/\/([^/:?]+)/i.exec(url)?.[1];
        if (!hasLogin || host === undefined || isReference(url) || isInternal(host) || /braze\./.test(host)) return [];
        return [
            {
                code: "KCP_UNENCRYPTED_LOGIN",
                key,
                message: `sends the login to ${host} without encryption; write https://`,
                isWarning: true,
            },
        ];
    });
}

const checkCertificates = ({ config }: ResolvedConnector): Finding[] =>
    isTrue(config["http.ssl.trust.all.certs"])
        ? [invalid("http.ssl.trust.all.certs", "accepts any certificate, and so any server in between", true)]
        : [];

export const httpValueRules: readonly PluginRule[] = [checkFormat, checkBatches, checkLogin, checkCertificates].map(
    (check) => ({ classes: /^io\.aiven\.kafka\.connect\.http\./, check }),
);
