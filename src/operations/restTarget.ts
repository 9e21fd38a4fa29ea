/** A worker that is reached by its REST API, such as the sandbox's. */
import { ConnectRest } from "../util/connectRest";
import type { ConnectTarget } from "./target";

/**
 * The Connect cluster behind a REST address.
 *
 * @param description how messages name it; default: by its address
 */
export function restTarget(address: string, description?: string): ConnectTarget {
    const rest = new ConnectRest(address);
    return {
        description: description ?? `the worker at ${rest.url}`,
        connectors: async () => Object.values(await rest.statuses()),
        restart: rest.restart,
        restartTask: rest.restartTask,
        setState: rest.setState,
        rest: () => Promise.resolve(rest),
        close: () => undefined,
    };
}
