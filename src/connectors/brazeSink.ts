/**
 * Records into Braze, by its endpoint /users/track: the HTTP sink with Braze's address, login and limits.
 * Braze takes 75 objects of a kind in a request, answers 429 above its rate and says how many of a request it took
 * (https://www.braze.com/docs/api/endpoints/user_data/post_user_track/).
 */
import { object, oneOf, string, integer } from "../schema/primitives";
import { commonShape, secretKey } from "./commonOptions";
import { httpConfig, httpIssues, httpShape, httpSinkClass } from "./httpOptions";
import { connectorName } from "./names";
import { topicsPart } from "./sinkOptions";
import { secretNameOf, secretReference, type Template } from "./template";

const schema = object({
    ...commonShape,
    ...httpShape,
    endpoint: string(
        "the REST endpoint of the Braze instance, such as https://rest.iad-01.braze.com",
        /^https?:\/\/[^\s@/]+$/,
    ).describe("REST endpoint of the Braze instance"),
    object: oneOf(["attributes", "events", "purchases", "request"]).describe(
        "What a record is: a user's attributes, an event or a purchase, as Braze's API has them; or a whole request, each sent alone, which is what a dead letter queue needs",
    ),
    secret: string("the name of a secret")
        .optional()
        .describe("Secret with the API key, without the prefix. Default: BRAZE, for Secrets of Kubernetes braze"),
    apiKeyKey: secretKey("API_KEY", "the API key"),
    batchSize: integer(1, 75).default(75).describe("Records of one request, at most Braze's 75"),
});

export const brazeSink: Template<typeof schema> = {
    name: "brazeSinkConnector",
    summary: "Users' attributes, events or purchases into Braze, by Aiven's HTTP sink",
    class: httpSinkClass,
    defaultTasksMax: 1,
    maxTasks: 1000,
    schema,
    build(declaration, context) {
        const { object, batchSize } = declaration;
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
                "http.headers.authorization": `Bearer ${secretReference(context, secretNameOf({ instance: "braze", secret: declaration.secret }, context), declaration.apiKeyKey)}`,
                "http.headers.content.type": "application/json",
                ...httpConfig(declaration, batch, baseName, context),
            },
            outputTopics: [],
            inputTopics: declaration.topics,
            exclusiveNames: [],
            issues: httpIssues(declaration, batch !== undefined, ["object"], "request", context),
        };
    },
};
