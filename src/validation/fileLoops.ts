/** Files that one connector of the stack writes and another reads, or that two read. */
import type { ResolvedConnector } from "../connectors/template";
import { issue, type Issue } from "../schema/issues";

const isSource = /(^|\.)FileStreamSource(Connector)?$/;
const isSink = /(^|\.)FileStreamSink(Connector)?$/;

/** File sources that read the same file: each line is written twice. */
function repeatedFiles(connectors: readonly ResolvedConnector[]): Issue[] {
    const readers = new Map<string, ResolvedConnector>();
    return connectors
        .filter(({ class: className, config }) => isSource.test(className) && config.file)
        .flatMap((source) => {
            const file = String(source.config.file);
            const earlier = readers.get(file);
            if (!earlier) readers.set(file, source);
            const message = `is the file that ${earlier?.declaredAt} reads too: each of its lines is written twice`;
            return earlier ? [issue("KCP_CONFLICTING_SETTINGS", source.settingPath("file"), message)] : [];
        });
}

/** A file source that reads what a file sink appends: with the same topic, every line comes back without end. */
export function fileLoopWarnings(connectors: readonly ResolvedConnector[]): Issue[] {
    const sinks = connectors.filter(({ class: className, config }) => isSink.test(className) && config.file);
    const repeated = repeatedFiles(connectors);
    if (sinks.length === 0) return repeated;
    const loops = connectors
        .filter(({ class: className }) => isSource.test(className))
        .flatMap((source) => {
            const sink = sinks.find(({ config }) => config.file === source.config.file);
            if (!sink) return [];
            const isLoop = source.outputTopics.some((topic) => sink.inputTopics.includes(topic));
            const message =
                `is the file that ${sink.declaredAt} writes, on whichever worker it runs` +
                (isLoop ? `, and its topic is written back: each line is repeated without end` : "");
            return [issue("KCP_CONFLICTING_SETTINGS", source.settingPath("file"), message)];
        });
    return [...repeated, ...loops];
}
