/** A worker that is reached by its REST API, such as the sandbox's. */
import { ConnectRest } from "./connectRest";
import type { ConnectTarget } from "./target";

/** The Connect cluster behind a REST address. */
export function restTarget(url: string, description: string): ConnectTarget {
    const rest = new ConnectRest(url.replace(/\/+$/, ""));
    return {
        description,
        connectors: () => rest.statuses(),
        restart: rest.restart,
        restartTask: rest.restartTask,
        setState: rest.setState,
        rest: () => Promise.resolve(rest),
        close: () => undefined,
    };
}
