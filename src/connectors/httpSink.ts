/** Records to an HTTP API, by Aiven's HTTP sink. */
import { invalidValue, issue, missingSetting, type Issue } from "../schema/issues";
import { object, stringMap, oneOf, string, integer } from "../schema/primitives";
import { commonShape, secretKey } from "./commonOptions";
import { httpConfig, httpIssues, httpShape, httpSinkClass } from "./httpOptions";
import { connectorName, namePart } from "./names";
import { topicsPart } from "./sinkOptions";
import { secretNameOf, secretReference, type ConnectorConfig, type ConnectContext, type Template } from "./template";
import { namesOrPrefixes } from "./topicItems";

const url = () =>
    string("an http or https URL without credentials, or a reference", /^https?:\/\/[^\s@]+$|^\$\{[^}]+\}\S*$/);

const batchDefaults = { prefix: "[", separator: ",", suffix: "]" } as const;

const schema = object({
    ...commonShape,
    ...httpShape,
    target: object({
        name: string("a name of letters, digits, ., _ and -", /^[A-Za-z0-9._-]{1,100}$/).describe(
            "Name of the API, for the connector's name and the default of `secret`",
        ),
        url: url().describe("URL to which records are posted"),
        authorization: oneOf(["none", "static", "oauth2"])
            .default("none")
            .describe("Authorization: none, a fixed Authorization header, or OAuth 2 client credentials"),
        secret: string("the name of a secret")
            .optional()
            .describe(
                "Secret with the header or the OAuth client, without the prefix of the stack. " +
                    "Default: the target's name " +
                    "in upper case, for Kubernetes Secrets in lower case with dashes",
            ),
        authorizationKey: secretKey("AUTHORIZATION", "the value of the Authorization header, such as `Bearer TOKEN`"),
        tokenUrl: url().optional().describe("URL of the token endpoint; required for oauth2"),
        clientIdKey: secretKey("CLIENT_ID", "the OAuth client's id"),
        clientSecretKey: secretKey("CLIENT_SECRET", "the OAuth client's secret"),
        scope: string("a scope").optional().describe("OAuth scope. Default: none"),
        contentType: string("a content type").default("application/json").describe("Content type of the requests"),
        headers: stringMap().describe("Additional headers. Do not put secrets here"),
    }).describe("The API"),
    batch: object({
        size: integer(1, 10_000).default(1).describe("Records per request"),
        prefix: string("a string", /^/)
            .default(batchDefaults.prefix)
            .describe("Start of a request with several records"),
        separator: string("a string", /^/).default(batchDefaults.separator).describe("Separator of its records"),
        suffix: string("a string", /^/).default(batchDefaults.suffix).describe("End of such a request"),
    })
        .prefault({})
        .describe("Batches of records"),
});

type Target = ReturnType<typeof schema.parse>["target"];

function authorization(target: Target, context: ConnectContext): ConnectorConfig {
    const fromSecret = (key: string) =>
        secretReference(context, secretNameOf({ instance: target.name, secret: target.secret }, context), key);
    if (target.authorization === "static") return { "http.headers.authorization": fromSecret(target.authorizationKey) };
    if (target.authorization !== "oauth2") return {};
    return {
        "oauth2.access.token.url": target.tokenUrl ?? "",
        "oauth2.client.id": fromSecret(target.clientIdKey),
        "oauth2.client.secret": fromSecret(target.clientSecretKey),
        ...(target.scope ? { "oauth2.client.scope": target.scope } : {}),
    };
}

/** Options that the authorization or the size of batches leaves without effect. */
function unusedOptions({ target, batch }: ReturnType<typeof schema.parse>): Issue[] {
    const { authorization } = target;
    const unused = (path: string[], reason: string): Issue => issue("KCP_UNUSED_SETTING", path, `unused: ${reason}`);
    const ofTarget = (["tokenUrl", "scope", "secret"] as const)
        .filter((key) => target[key] !== undefined)
        .filter((key) => (key === "secret" ? authorization === "none" : authorization !== "oauth2"))
        .map((key) => unused(["target", key], `target.authorization is ${authorization}`));
    const ofBatch = (["prefix", "separator", "suffix"] as const)
        .filter((key) => batch.size === 1 && batch[key] !== batchDefaults[key])
        .map((key) => unused(["batch", key], "batch.size is 1, and a request has one record as it is"));
    return [...ofTarget, ...ofBatch];
}

/** The plugin separates headers by commas, and rejects a part that is no header. */
const headerIssues = ({ headers }: Target): Issue[] =>
    Object.entries(headers)
        .filter(([name, value]) => `${name}${value}`.includes(",") || name.includes(":"))
        .map(([name, value]) =>
            invalidValue(
                ["target", "headers", name],
                value,
                "a header without commas, by which the plugin separates them",
            ),
        );

/** Records to an HTTP API. */
export const httpSink: Template<typeof schema> = {
    name: "httpSinkConnector",
    summary: "Records to an HTTP API, by Aiven's HTTP sink",
    class: httpSinkClass,
    defaultTasksMax: 1,
    maxTasks: 1000,
    schema,
    build(declaration, context) {
        const { target, batch } = declaration;
        const baseName =
            declaration.name ?? connectorName([topicsPart(declaration.topics), `to-${namePart(target.name)}`]);
        const headers = Object.entries(target.headers).map(([name, value]) => `${name}:${value}`);
        return {
            baseName,
            config: {
                "http.url": target.url,
                "http.authorization.type": target.authorization,
                ...authorization(target, context),
                "http.headers.content.type": target.contentType,
                ...(headers.length > 0 ? { "http.headers.additional": headers.join(",") } : {}),
                ...httpConfig(declaration, batch.size > 1 ? batch : undefined, baseName, context),
            },
            outputTopics: [],
            inputTopics: namesOrPrefixes(declaration.topics),
            issues: [
                ...httpIssues(declaration, batch.size > 1, ["batch", "size"], "1", context),
                ...unusedOptions(declaration),
                ...headerIssues(target),
                ...(target.authorization === "oauth2" && !target.tokenUrl
                    ? [
                          missingSetting(
                              ["target", "tokenUrl"],
                              "the URL of the token endpoint, which authorization oauth2 needs",
                          ),
                      ]
                    : []),
            ],
        };
    },
};
