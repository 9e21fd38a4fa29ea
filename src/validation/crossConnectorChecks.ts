/** Checks between the connectors of a stack. */
import type { ResolvedConnector } from "../connectors/template";
import type { Issue } from "../schema/issues";
import { checkCapturedTables } from "./capturedTables";
import { checkExclusiveNames } from "./exclusiveNames";
import { checkTombstones } from "./tombstones";

/** Errors: what two connectors cannot share, and records that one writes and another cannot read. */
export function checkBetweenConnectors(connectors: readonly ResolvedConnector[]): Issue[] {
    const shared = checkExclusiveNames(connectors);
    // connectors of the same name have the same tables too: that is the same cause
    const others = connectors.filter(({ index }) => !shared.some(({ path }) => path[1] === index));
    return [...shared, ...checkCapturedTables(others), ...checkTombstones(connectors)];
}
