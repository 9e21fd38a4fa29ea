/** Checks between the connectors of a stack. */
import type { ResolvedConnector } from "../connectors/template";
import type { ConnectSettings } from "../schema/connect";
import type { Issue } from "../schema/issues";
import { checkCapturedTables } from "./capturedTables";
import { checkExclusiveNames } from "./exclusiveNames";
import { fileLoopWarnings } from "./fileLoops";
import { mirrorPairWarnings } from "./mirrorPairs";
import { rawTopicWarnings } from "./rawTopics";
import { checkRecordFormats } from "./recordFormats";
import { rowFitWarnings } from "./rowFit";
import { checkTombstones } from "./tombstones";
import { topicExpressionWarnings } from "./topicExpressions";
import { topicRoleWarnings } from "./topicRoles";
import { unwrittenTopics } from "./unwrittenTopics";
import { withWorkerConverters, workerConverterIssues } from "./workerConverters";

/** What is probably wrong between connectors: topics that nobody writes, and rows that will differ. */
export const warningsBetweenConnectors = (
    connectors: readonly ResolvedConnector[],
    declaredTopics: readonly string[],
    storageTopics: readonly string[],
    connect?: ConnectSettings,
): Issue[] => [
    ...unwrittenTopics(connectors, declaredTopics),
    ...topicExpressionWarnings(connectors, storageTopics),
    ...checkRecordFormats(withWorkerConverters(connectors, connect)).warnings,
    ...workerConverterIssues(connectors, connect).warnings,
    ...rowFitWarnings(connectors),
    ...mirrorPairWarnings(connectors),
    ...fileLoopWarnings(connectors),
    ...topicRoleWarnings(connectors),
    ...rawTopicWarnings(connectors),
];

/** Errors: what two connectors cannot share, and records that one writes and another cannot read. */
export function checkBetweenConnectors(connectors: readonly ResolvedConnector[], connect?: ConnectSettings): Issue[] {
    const shared = checkExclusiveNames(connectors);
    // connectors of the same name have the same tables too: that is the same cause
    const others = connectors.filter(({ index }) => !shared.some(({ path }) => path[1] === index));
    return [
        ...shared,
        ...checkCapturedTables(others),
        ...checkTombstones(connectors),
        ...checkRecordFormats(withWorkerConverters(connectors, connect)).issues,
        ...workerConverterIssues(connectors, connect).issues,
    ];
}
