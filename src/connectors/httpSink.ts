/** Records posted to an HTTP API, by Aiven's plugin. */
import { missingSetting } from "../schema/issues";
import { object, stringMap, oneOf, string, integer } from "../schema/primitives";
import { commonShape, secretKey } from "./commonOptions";
import { httpConfig, httpIssues, httpShape, httpSinkClass } from "./httpOptions";
import { connectorName, namePart } from "./names";
import { topicsPart } from "./sinkOptions";
import { secretNameOf, secretReference, type ConnectorConfig, type ConnectContext, type Template } from "./template";

const address = () =>
    string("an http or https address without a login in it, or a reference", /^https?:\/\/[^\s@]+$|^\$\{[^}]+\}\S*$/);

const schema = object({
    ...commonShape,
    ...httpShape,
    target: object({
        name: string("a name of letters, digits, ., _ and -", /^[A-Za-z0-9._-]{1,100}$/).describe(
            "Name of the API: part of the connector's name, and the name of its secret",
        ),
        url: address().describe("Address that records are posted to"),
        authorization: oneOf(["none", "static", "oauth2"])
            .default("none")
            .describe("How it is authorized: not, by a fixed Authorization header, or by a token of OAuth 2"),
        secret: string("the name of a secret")
            .optional()
            .describe(
                "Secret with the header or the OAuth client, without the prefix. Default: the target's name in upper case, for Secrets of Kubernetes in lower case with dashes",
            ),
        authorizationKey: secretKey("AUTHORIZATION", "the whole Authorization header, such as Bearer and the token"),
        tokenUrl: address().optional().describe("Address of the token server, for oauth2"),
        clientIdKey: secretKey("CLIENT_ID", "the OAuth client's id"),
        clientSecretKey: secretKey("CLIENT_SECRET", "the OAuth client's secret"),
        scope: string("a scope").optional().describe("OAuth scope. Default: none is asked for"),
        contentType: string("a content type").default("application/json").describe("Content type of the requests"),
        headers: stringMap().describe("Further headers. Not for secrets"),
    }).describe("The API"),
    batch: object({
        size: integer(1, 10_000).default(1).describe("Records of one request; 1 for a request each"),
        prefix: string("a text", /^/).default("[").describe("What a request with several begins with"),
        separator: string("a text", /^/).default(",").describe("What stands between them"),
        suffix: string("a text", /^/).default("]").describe("What it ends with"),
    })
        .prefault({})
        .describe("Several records in a request"),
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

export const httpSink: Template<typeof schema> = {
    name: "httpSinkConnector",
    summary: "Records posted to an HTTP API, by Aiven's HTTP sink",
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
            inputTopics: declaration.topics,
            exclusiveNames: [],
            issues: [
                ...httpIssues(declaration, batch.size > 1, ["batch", "size"], "1", context),
                ...(target.authorization === "oauth2" && !target.tokenUrl
                    ? [
                          missingSetting(
                              ["target", "tokenUrl"],
                              "the address of the token server, which authorization oauth2 needs",
                          ),
                      ]
                    : []),
            ],
        };
    },
};
