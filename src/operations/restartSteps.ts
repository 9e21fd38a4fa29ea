/** Which parts of connectors are restarted, and how. Pure, but for the steps. */
import type { ConnectorStatus } from "../util/connectRest";
import type { Step } from "./plan";
import type { ConnectTarget } from "./target";

/** Restarts whole connectors. */
export const restartConnectors = (target: ConnectTarget, names: readonly string[]): Step[] =>
    names.map((name) => ({
        text: `restart ${name} and its tasks`,
        run: () => target.restart(name),
    }));

/** Restarts what has failed: a failed connector as a whole, otherwise its failed tasks only. */
export function restartFailed(target: ConnectTarget, observed: readonly ConnectorStatus[]): Step[] {
    return observed.flatMap(({ name, connector, tasks }) => {
        if (connector.state === "FAILED") return restartConnectors(target, [name]);
        return tasks
            .filter(({ state }) => state === "FAILED")
            .map(({ id }) => ({ text: `restart task ${id} of ${name}`, run: () => target.restartTask(name, id) }));
    });
}
