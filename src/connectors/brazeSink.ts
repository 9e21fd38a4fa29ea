/**
 * Records to Braze's endpoint /users/track: the HTTP sink with Braze's address, login and limits. Braze accepts 75
 * objects of a type per request, and answers 429 above its rate limit
 * (https://www.braze.com/docs/api/endpoints/user_data/post_user_track/).
 */
import { issue } from "../schema/issues";
import { object, oneOf, string, integer } from "../schema/primitives";
import { commonShape, secretKey } from "./commonOptions";
import { httpConfig, httpIssues, httpShape, httpSinkClass } from "./httpOptions";
import { connectorName } from "./names";
import { topicsPart } from "./sinkOptions";
import { secretNameOf, secretReference, type Template } from "./template";
import { namesOrPrefixes } from "./topicItems";

const defaultBatchSize = 75;

const schema = object({
    ...commonShape,
    ...httpShape,
    endpoint: string(
        "the REST endpoint of the Braze instance, such as https://rest.iad-01.braze.com",
        /^https?:\/\/[^\s@/]+$/,
    ).describe("REST endpoint of the Braze instance"),
    object: oneOf(["attributes", "events", "purchases", "request"]).describe(
        "What a record is: an attributes, event or purchase object of Braze's API, sent in batches; " +
            "or a whole request, " +
            "sent by itself, which errors.tolerance `all` needs",
    ),
    secret: string("the name of a secret")
        .optional()
        .describe(
            "Secret with the API key, without the prefix of the stack. Default: BRAZE, for Kubernetes Secrets braze",
        ),
    apiKeyKey: secretKey("API_KEY", "the API key"),
    batchSize: integer(1, defaultBatchSize)
        .default(defaultBatchSize)
        .describe("Records per request; Braze accepts at most 75"),
});

/** Users' data to Braze. */
export const brazeSink: Template<typeof schema> = {
    name: "brazeSinkConnector",
    summary: "Attributes, events or purchases to Braze, by Aiven's HTTP sink",
    class: httpSinkClass,
    defaultTasksMax: 1,
    maxTasks: 1000,
    schema,
    build(declaration, context) {
        const { object, batchSize } = declaration;
        const secret = secretNameOf({ instance: "braze", secret: declaration.secret }, context);
        const apiKey = secretReference(context, secret, declaration.apiKeyKey);
        const baseName = declaration.name ?? connectorName([topicsPart(declaration.topics), `to-braze-${object}`]);
        const batch =
            object === "request"
                ? undefined
                : { size: batchSize, prefix: `{"${object}":[`, separator: ",", suffix: "]}" };
        return {
            baseName,
            config: {
                "http.url": `${declaration.endpoint}/users/track`,
                "http.authorization.type": "static",
                "http.headers.authorization": `Bearer ${apiKey}`,
                "http.headers.content.type": "application/json",
                ...httpConfig(declaration, batch, baseName, context),
            },
            outputTopics: [],
            inputTopics: namesOrPrefixes(declaration.topics),
            issues: [
                ...httpIssues(declaration, batch !== undefined, ["object"], "request", context),
                ...(batch === undefined && batchSize !== defaultBatchSize
                    ? [issue("KCP_UNUSED_SETTING", ["batchSize"], "unused: object is request, which is sent by itself")]
                    : []),
            ],
        };
    },
};
