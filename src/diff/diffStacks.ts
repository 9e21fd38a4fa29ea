/** The difference of two rendered stacks, as consequences for what runs. Pure. */
import { changedSettings } from "./changedSettings";
import { changedConnect, changedImage, type Workload } from "./connectChanges";
import { addedConnector, changedConnector, removedConnector, unusedSecrets } from "./connectorChanges";
import { sortConsequences, type Consequence, type StackDifference } from "./consequence";
import { changedKafka, changedTopic, changedUser, removedKafka, removedTopic } from "./kafkaChanges";
import { otherChange } from "./otherChanges";
import { pairObjects, readRendered, subjectOf, type ObjectPair, type RenderedObject } from "./renderedStack";
import { noStatistics, type Statistics } from "./statistics";

interface Stacks {
    readonly before: readonly RenderedObject[];
    readonly after: readonly RenderedObject[];
    readonly workload: Workload;
}

const ofKind = (objects: readonly RenderedObject[], kind: string): RenderedObject[] =>
    objects.filter((object) => object.kind === kind);

/** The consequences of an object that differs, or is on one side only. */
function consequencesOf(pair: ObjectPair, { after: objects, workload }: Stacks): Consequence[] {
    const { before, after } = pair;
    const { statistics } = workload;
    switch ((after ?? before)!.kind) {
        case "KafkaConnector":
            if (!before) return addedConnector(after!, statistics);
            return after ? changedConnector(before, after, statistics) : removedConnector(before);
        case "KafkaConnect":
            return before && after ? changedConnect(before, after, workload) : otherChange(pair);
        case "docker:index/image:Image":
            if (!before || !after) return otherChange(pair);
            return changedImage(before, after, ofKind(objects, "KafkaConnect"), workload);
        case "KafkaTopic":
            if (!after) return [removedTopic(before!)];
            return before ? changedTopic(before, after) : otherChange(pair);
        case "Kafka":
        case "KafkaNodePool":
            if (!after) return [removedKafka(before!)];
            return before ? changedKafka(before, after) : otherChange(pair);
        case "KafkaUser":
            return changedUser(before, after);
        default:
            return otherChange(pair);
    }
}

const differs = ({ before, after }: ObjectPair): boolean =>
    !before || !after || before.name !== after.name || changedSettings(before.content, after.content).length > 0;

/**
 * Classifies the difference of two rendered stacks.
 *
 * @param base files of the stack as it is deployed, as `kcp render` writes them
 * @param head files of the stack as it will be
 */
export function diffStacks(
    base: ReadonlyMap<string, string>,
    head: ReadonlyMap<string, string>,
    statistics: Statistics = noStatistics,
): StackDifference {
    const [before, after] = [readRendered(base), readRendered(head)];
    const connectors = ofKind(before, "KafkaConnector");
    const stacks: Stacks = { before, after, workload: { connectors, statistics } };
    const pairs = pairObjects(before, after).filter(differs);
    return {
        consequences: sortConsequences([
            ...pairs.flatMap((pair) => consequencesOf(pair, stacks)),
            ...unusedSecrets(connectors, ofKind(after, "KafkaConnector")),
        ]),
        changes: pairs.flatMap((pair) =>
            pair.before && pair.after
                ? [
                      {
                          subject: subjectOf(pair.after),
                          settings: changedSettings(pair.before.content, pair.after.content),
                      },
                  ]
                : [],
        ),
    };
}
