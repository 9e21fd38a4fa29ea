/** Values of Aiven's HTTP sink that its own validation rejects (HttpSinkConfig of 0.9). */
import type { ResolvedConnector } from "../../connectors/template";
import { listItems } from "../../util/listItems";
import { invalid, isReference, requiredKeys, unlistedValues, type Finding, type PluginRule } from "./rule";

const rejected = "Connect rejects the connector";

function checkHeaders({ config, template, overriddenKeys }: ResolvedConnector): Finding[] {
    const key = "http.headers.additional";
    // the templates report their own option
    if (template !== "raw" && !overriddenKeys.includes(key)) return [];
    const malformed = listItems(config[key]).find((header) => !header.includes(":") && !isReference(header));
    return malformed === undefined
        ? []
        : [
              invalid(
                  key,
                  `expected NAME:VALUE, separated by commas, received ${JSON.stringify(malformed)}; ${rejected}`,
              ),
          ];
}

/** A proxy has a host and a port. */
function checkProxy(connector: ResolvedConnector): Finding[] {
    const [host, port] = ["http.proxy.host", "http.proxy.port"];
    const { config } = connector;
    return (config[host] === undefined) === (config[port] === undefined)
        ? []
        : requiredKeys(connector, [host, port], `${host} and ${port} are set together; ${rejected}`);
}

const checkMode = (connector: ResolvedConnector): Finding[] =>
    unlistedValues(connector, { "oauth2.client.authorization.mode": ["header", "url"] });

export const httpFormRules: readonly PluginRule[] = [checkHeaders, checkProxy, checkMode].map((check) => ({
    classes: /^io\.aiven\.kafka\.connect\.http\./,
    check,
}));
