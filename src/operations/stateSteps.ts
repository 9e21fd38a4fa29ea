/** Pausing and resuming all connectors of a stack. Pure, but for the steps. */
import type { ResolvedConnector } from "../connectors/template";
import type { ConnectorState, ConnectorStatus } from "../util/connectRest";
import type { Step } from "./plan";
import type { ConnectTarget } from "./target";

const step = (target: ConnectTarget, name: string, from: string, state: ConnectorState): Step => ({
    text: `set ${name} to ${state} (it is ${from.toLowerCase()})`,
    run: () => target.setState(name, state),
});

/** Pauses, or stops, every declared connector that runs. */
export const pauseAll = (
    target: ConnectTarget,
    declared: readonly ResolvedConnector[],
    observed: readonly ConnectorStatus[],
    state: "paused" | "stopped",
): Step[] =>
    observed
        .filter(({ name }) => declared.some((connector) => connector.name === name))
        .filter(({ connector }) => connector.state === "RUNNING" || connector.state === "FAILED")
        .map(({ name, connector }) => step(target, name, connector.state, state));

/** Returns every declared connector to the state of the stack file: one that is paused there stays paused. */
export const resumeAll = (
    target: ConnectTarget,
    declared: readonly ResolvedConnector[],
    observed: readonly ConnectorStatus[],
): Step[] =>
    declared.flatMap(({ name, state }) => {
        const current = observed.find((status) => status.name === name)?.connector.state;
        if (current === undefined || current === "FAILED" || current === state.toUpperCase()) return [];
        return [step(target, name, current, state)];
    });
