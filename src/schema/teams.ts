/** What the teams may use whose stacks run connectors on this stack's Connect cluster. */
import { z } from "zod";
import { array, dnsLabel, integer, object, string } from "./primitives";

/** What one team may use. A limit that is left out does not apply. */
export interface TeamRights {
    /** Name of the team, which its stacks give in `connect.use.team`. */
    name: string;
    /** Database instances that its connectors may read from and write to. */
    instances?: string[];
    /** Starts of the names of topics that its connectors may write and its stacks may declare. */
    topicPrefixes?: string[];
    /** Starts of the names of topics that its connectors may read. */
    readTopicPrefixes?: string[];
    /** Maximum of `tasksMax` over all connectors of a stack of the team. */
    maxTasks?: number;
    /** Java classes of the connectors that it may run. */
    connectorClasses?: string[];
}

const strings = (expected: string) => z.array(string(expected), { error: "an array" }).optional();

const team = object({
    name: dnsLabel().describe("Name of the team, which its stacks give in connect.use.team"),
    instances: strings("the name of an instance").describe(
        "Instances (source.instance, target.instance) that its connectors may use. Default: any",
    ),
    topicPrefixes: strings("the start of a topic's name").describe(
        "Starts of the names of topics that its connectors may write, and that its stacks may declare. Default: any",
    ),
    readTopicPrefixes: strings("the start of a topic's name").describe(
        "Starts of the names of topics that its connectors may read. Default: any",
    ),
    maxTasks: integer(1, 10_000)
        .optional()
        .describe("Maximum number of tasks of all connectors of a stack together. Default: no limit"),
    connectorClasses: strings("the name of a Java class").describe(
        "Java classes of the connectors that it may run. Default: any",
    ),
});

export const teams = array(team).describe(
    "The teams that may run connectors on this stack's Connect cluster from separate stacks, and what each may " +
        "use. The outputs of the stack contain it, and a team's stack (connect.use.stack) is rejected where it uses " +
        "more. Without it any stack can. It guards against mistakes; access is controlled by Kafka's ACLs and " +
        "Kubernetes RBAC",
);
