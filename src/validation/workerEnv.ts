/** Environment variables of the workers. */
import type { ConnectSettings } from "../schema/connect";
import { issue, type Issue } from "../schema/issues";
import { isObject } from "../util/data";
import { keySelectorIssues } from "./keySelector";

/** Environment variables that Strimzi sets itself; it ignores others of the same name. */
const strimziVariables = /^(KAFKA_CONNECT_|STRIMZI_|KAFKA_HEAP_OPTS$|KAFKA_JVM_PERFORMANCE_OPTS$|DYNAMIC_HEAP_)/;

const checkEnvNames = ({ env }: ConnectSettings): Issue[] =>
    env.flatMap(({ name }, index) =>
        strimziVariables.test(name)
            ? [
                  issue(
                      "KCP_UNUSED_SETTING",
                      ["connect", "env", index, "name"],
                      `unused: Strimzi sets ${name} itself; set connect.jvm or connect.config`,
                  ),
              ]
            : [],
    );

const checkEnvSources = ({ env }: ConnectSettings): Issue[] =>
    env.flatMap(({ valueFrom }, index) =>
        ["secretKeyRef", "configMapKeyRef"].flatMap((source) =>
            keySelectorIssues(isObject(valueFrom) ? valueFrom[source] : undefined, [
                ...["connect", "env", index],
                ...["valueFrom", source],
            ]),
        ),
    );

/** Options of the heap in environment variables, which Strimzi's scripts put after, or the JVM before, its own. */
const checkEnvHeap = ({ env }: ConnectSettings): Issue[] =>
    env.flatMap(({ name, value }, index) =>
        /^(KAFKA_OPTS|JAVA_TOOL_OPTIONS|JDK_JAVA_OPTIONS)$/.test(name) && /(^|\s)-Xm[sx]/.test(value ?? "")
            ? [
                  issue(
                      "KCP_CONFLICTING_SETTINGS",
                      ["connect", "env", index, "value"],
                      "sets the heap, as Strimzi does; set connect.jvm.xmx and xms instead",
                  ),
              ]
            : [],
    );

/** The issues of `connect.env`. */
export const checkEnv = (connect: ConnectSettings): Issue[] => [
    ...checkEnvNames(connect),
    ...checkEnvSources(connect),
    ...checkEnvHeap(connect),
];
