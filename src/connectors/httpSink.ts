/** Records posted to an HTTP API, by Aiven's plugin. */
import { group, labels, oneOf, text, wholeNumber } from "../schema/primitives";
import { commonShape, secretKey } from "./commonOptions";
import { httpConfig, httpFaults, httpShape, httpSinkClass } from "./httpOptions";
import { connectorName, namePart } from "./names";
import { topicsPart } from "./sinkOptions";
import { secretOf, secretReference, type ConnectorConfig, type Platform, type Template } from "./template";

const address = () =>
    text("an http or https address without a login in it, or a reference", /^https?:\/\/[^\s@]+$|^\$\{[^}]+\}\S*$/);

const schema = group({
    ...commonShape,
    ...httpShape,
    target: group({
        name: text("a name of letters, digits, ., _ and -", /^[A-Za-z0-9._-]{1,100}$/).describe(
            "Name of the API: part of the connector's name, and the name of its secret",
        ),
        url: address().describe("Address that records are posted to"),
        authorization: oneOf(["none", "static", "oauth2"])
            .default("none")
            .describe("How it is authorized: not, by a fixed Authorization header, or by a token of OAuth 2"),
        secret: text("the name of a secret")
            .optional()
            .describe(
                "Secret with the header or the OAuth client, without the prefix. Default: the target's name in upper case, for Secrets of Kubernetes in lower case with dashes",
            ),
        authorizationKey: secretKey("AUTHORIZATION", "the whole Authorization header, such as Bearer and the token"),
        tokenUrl: address().optional().describe("Address of the token server, for oauth2"),
        clientIdKey: secretKey("CLIENT_ID", "the OAuth client's id"),
        clientSecretKey: secretKey("CLIENT_SECRET", "the OAuth client's secret"),
        scope: text("a scope").optional().describe("OAuth scope. Default: none is asked for"),
        contentType: text("a content type").default("application/json").describe("Content type of the requests"),
        headers: labels().describe("Further headers. Not for secrets"),
    }).describe("The API"),
    batch: group({
        size: wholeNumber(1, 10_000).default(1).describe("Records of one request; 1 for a request each"),
        prefix: text("a text", /^/).default("[").describe("What a request with several begins with"),
        separator: text("a text", /^/).default(",").describe("What stands between them"),
        suffix: text("a text", /^/).default("]").describe("What it ends with"),
    })
        .prefault({})
        .describe("Several records in a request"),
});

type Target = ReturnType<typeof schema.parse>["target"];

function authorization(target: Target, platform: Platform): ConnectorConfig {
    const fromSecret = (key: string) =>
        secretReference(platform, secretOf({ instance: target.name, secret: target.secret }, platform), key);
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
    mostTasks: 1000,
    schema,
    build(declaration, platform) {
        const { target, batch } = declaration;
        const baseName =
            declaration.name ?? connectorName([topicsPart(declaration.topics), `to-${namePart(target.name)}`]);
        const headers = Object.entries(target.headers).map(([name, value]) => `${name}:${value}`);
        return {
            baseName,
            config: {
                "http.url": target.url,
                "http.authorization.type": target.authorization,
                ...authorization(target, platform),
                "http.headers.content.type": target.contentType,
                ...(headers.length > 0 ? { "http.headers.additional": headers.join(",") } : {}),
                ...httpConfig(declaration, batch.size > 1 ? batch : undefined, baseName, platform),
            },
            topics: [],
            reads: declaration.topics,
            claims: [],
            faults: [
                ...httpFaults(declaration, batch.size > 1, ["batch", "size"], "1", platform),
                ...(target.authorization === "oauth2" && !target.tokenUrl
                    ? [
                          {
                              path: ["target", "tokenUrl"],
                              got: undefined,
                              wants: "the address of the token server, which authorization oauth2 needs",
                          },
                      ]
                    : []),
            ],
        };
    },
};
