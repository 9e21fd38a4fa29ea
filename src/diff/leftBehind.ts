/** What a connector leaves behind outside of Kubernetes when it is removed or gets other names. Pure. */
import type { ConnectorFacts } from "./connectorFacts";
import type { Consequence } from "./consequence";
import { subjectOf, type RenderedObject } from "./renderedStack";

/** An external thing of a connector: what it is, and why it matters that it stays. */
interface Owned {
    readonly name?: string;
    readonly after?: string;
    readonly text: (name: string) => string;
}

/**
 * The things that the connector before the change used and the one after it does not.
 *
 * @param after undefined when the connector is removed
 */
export function leftBehind(
    object: RenderedObject,
    before: ConnectorFacts,
    after: ConnectorFacts | undefined,
): Consequence[] {
    const owned: Owned[] = [
        {
            name: before.slot,
            after: after?.slot,
            text: (name) => `slot \`${name}\` is left behind and keeps WAL until it is dropped: \`kcp slots\``,
        },
        {
            name: before.publication,
            after: after?.publication,
            text: (name) => `publication \`${name}\` is left behind in the database`,
        },
        {
            name: before.schemaHistoryTopic,
            after: after?.schemaHistoryTopic,
            text: (name) => `schema history topic \`${name}\` is left behind`,
        },
        {
            name: before.consumerGroup,
            after: after?.consumerGroup,
            text: (name) => `consumer group \`${name}\` is left behind until its offsets expire`,
        },
    ];
    return owned
        .filter(({ name, after: other }) => name !== undefined && name !== other)
        .map(({ name, text }) => ({ class: "orphan", subject: subjectOf(object), text: text(name!) }));
}
