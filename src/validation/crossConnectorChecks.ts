/** Checks between the connectors of a stack. */
import type { ResolvedConnector } from "../connectors/template";
import type { Issue } from "../schema/issues";
import { checkCapturedTables } from "./capturedTables";
import { checkExclusiveNames } from "./exclusiveNames";
import { fileLoopWarnings } from "./fileLoops";
import { mirrorPairWarnings } from "./mirrorPairs";
import { checkRecordFormats } from "./recordFormats";
import { rowFitWarnings } from "./rowFit";
import { checkTombstones } from "./tombstones";
import { topicExpressionWarnings } from "./topicExpressions";
import { topicRoleWarnings } from "./topicRoles";
import { unwrittenTopics } from "./unwrittenTopics";

/** What is probably wrong between connectors: topics that nobody writes, and rows that will differ. */
export const warningsBetweenConnectors = (
    connectors: readonly ResolvedConnector[],
    declaredTopics: readonly string[],
    storageTopics: readonly string[],
): Issue[] => [
    ...unwrittenTopics(connectors, declaredTopics),
    ...topicExpressionWarnings(connectors, storageTopics),
    ...checkRecordFormats(connectors).warnings,
    ...rowFitWarnings(connectors),
    ...mirrorPairWarnings(connectors),
    ...fileLoopWarnings(connectors),
    ...topicRoleWarnings(connectors),
];

/** Errors: what two connectors cannot share, and records that one writes and another cannot read. */
export function checkBetweenConnectors(connectors: readonly ResolvedConnector[]): Issue[] {
    const shared = checkExclusiveNames(connectors);
    // connectors of the same name have the same tables too: that is the same cause
    const others = connectors.filter(({ index }) => !shared.some(({ path }) => path[1] === index));
    return [
        ...shared,
        ...checkCapturedTables(others),
        ...checkTombstones(connectors),
        ...checkRecordFormats(connectors).issues,
    ];
}
