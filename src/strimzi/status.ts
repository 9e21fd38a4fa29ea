/**
 * What the status of a Strimzi resource says of the resource's last change. Pure.
 * The reasons are class names of Strimzi's operator, read in its KafkaConnectAssemblyOperator, AbstractConnectOperator and
 * KafkaConnectApi, 0.45.0 and 1.2.0 alike.
 */
import { rejectionReason, traceCauses } from "./statusText";

/** A condition as Strimzi writes it: `Ready` or `NotReady`, never with the status False. */
export interface Condition {
    type: string;
    status?: string;
    /** Simple name of the exception's class. */
    reason?: string;
    message?: string;
}

/** The parts of a KafkaConnect or KafkaConnector in a cluster that are read here. */
export interface StrimziObject {
    metadata: {
        name: string;
        generation?: number;
        /** Who changed what last, and when by the API server's clock. */
        managedFields?: { manager?: string; time?: string | Date }[];
    };
    status?: {
        /** The generation that the operator saw when it wrote the status. */
        observedGeneration?: number;
        conditions?: Condition[];
        /** What Connect answered to `GET /connectors/NAME/status`. Only a KafkaConnector has it. */
        connectorStatus?: { connector?: RunState; tasks?: (RunState & { id?: number })[] };
    };
}

interface RunState {
    state?: string;
    trace?: string;
}

/** What a status says, and how long it must have stood still before that is final. */
export interface StatusVerdict {
    readonly state: "ready" | "failed" | "waiting";
    /** The reason, for people. Lines after the first are indented. */
    readonly message: string;
    /** Seconds without a change after which it holds. Infinity: it never does. */
    readonly stableSeconds: number;
}

/**
 * Seconds a task's state must stand still. A status written right after a change still tells of the tasks from before it, and
 * a task that will fail at its start has not done so yet.
 */
const taskSeconds = 5;
/** Seconds of the same answer after which an error that may be a passing one counts as lasting. */
const unclearSeconds = 15;

const ready = (holdsAfter: number): StatusVerdict => ({ state: "ready", message: "Ready", stableSeconds: holdsAfter });
const failed = (says: string, holdsAfter = 0): StatusVerdict => ({
    state: "failed",
    message: says,
    stableSeconds: holdsAfter,
});
const waiting = (says: string): StatusVerdict => ({ state: "waiting", message: says, stableSeconds: Infinity });

/** The operator cannot make sense of the resource; no waiting helps. */
const invalid = /^(InvalidResource|InvalidConfiguration|UnsupportedVersion|UnsupportedKafkaVersion)Exception$/;
/** The worker is not there, not there yet, or does not answer: what every rolling update shows for a while. */
const unreachable =
    /Time(d )?out|Connect(ion)?(Closed|Refused|Reset)?Exception|connection (refused|reset|was closed)|Closed(Channel)?Exception|UnknownHost|NoRouteToHost|SocketException|failed to resolve/i;
/** Answers of a worker that is about to join, or to share its work anew. */
const joining = /rebalanc|ensuring membership|forward REST request|conflicting operation|starting up|leader/i;

const finding = (object: StrimziObject): Condition | undefined =>
    object.status?.conditions?.find(({ type }) => type === "Ready" || type === "NotReady");
const told = ({ reason, message }: Condition): string =>
    [reason, message].filter(Boolean).join(": ") || "NotReady without a reason";

/** A status that is not of the resource as it is now, or undefined where it is. */
function outdated({ metadata, status }: StrimziObject): StatusVerdict | undefined {
    if (status?.observedGeneration === metadata.generation && finding({ metadata, status })) return undefined;
    // an annotation of Strimzi's: nothing of the change is applied until somebody takes it away
    if (status?.conditions?.some(({ type }) => type === "ReconciliationPaused"))
        return failed(
            "its annotation strimzi.io/pause-reconciliation keeps Strimzi's operator from applying the change",
        );
    return waiting("Strimzi's operator has not looked at it yet");
}

/** What a NotReady KafkaConnector is, by the answer that its condition quotes. */
function judgeError(condition: Condition): StatusVerdict {
    const { reason = "", message = "" } = condition;
    const code = Number(/ returned (\d{3}) /.exec(message)?.[1]);
    if (reason === "ConnectRestException" && code) {
        // 500 is also Connect's answer to an unknown class
        if (/Failed to find any class/.test(message)) return failed(rejectionReason(message));
        if (code === 400 || code === 422) return failed(rejectionReason(message));
        if ([404, 408, 409, 429, 502, 503, 504].includes(code) || unreachable.test(message) || joining.test(message))
            return waiting(told(condition));
        return failed(rejectionReason(message), unclearSeconds);
    }
    if (invalid.test(reason)) return failed(told(condition));
    if (unreachable.test(`${reason}: ${message}`) || reason === "NoSuchResourceException")
        return waiting(told(condition));
    return failed(told(condition), unclearSeconds);
}

/**
 * Judges a KafkaConnector.
 *
 * @param wanted the state it is to be kept in: one that is meant to be paused or stopped need not run
 */
export function connectorVerdict(object: StrimziObject, wanted: "running" | "paused" | "stopped"): StatusVerdict {
    const late = outdated(object);
    if (late) return late;
    const { connector, tasks = [] } = object.status!.connectorStatus ?? {};
    const failures = [
        ...(connector?.state === "FAILED" ? [{ who: "the connector", ...connector }] : []),
        ...tasks.filter(({ state }) => state === "FAILED").map((task) => ({ who: `task ${task.id ?? "?"}`, ...task })),
    ];
    const condition = finding(object)!;
    if (wanted !== "running")
        return condition.type === "Ready" || failures.length > 0 ? ready(0) : judgeError(condition);
    if (failures.length > 0)
        return failed(
            failures
                .slice(0, 3)
                .map(({ who, trace }) => `${who} has failed:${traceCauses(trace ?? "")}`)
                .join("\n"),
            taskSeconds,
        );
    if (condition.type === "NotReady") return judgeError(condition);
    const restarting = [connector, ...tasks].find(
        (part) => part?.state === "UNASSIGNED" || part?.state === "RESTARTING",
    );
    return restarting ? waiting(`a part of it is ${restarting.state}`) : ready(taskSeconds);
}

/** Judges a KafkaConnect. Its workers may need many tries until they start: only what no try can mend has failed. */
export function clusterVerdict(object: StrimziObject): StatusVerdict {
    const late = outdated(object);
    if (late) return late;
    const condition = finding(object)!;
    if (condition.type === "Ready") return ready(0);
    return invalid.test(condition.reason ?? "") ? failed(told(condition)) : waiting(told(condition));
}

/** Whether a judgement holds, of an object that has not changed for so many seconds. */
export const isStable = ({ stableSeconds: holdsAfter }: StatusVerdict, quietSeconds: number): boolean =>
    quietSeconds >= holdsAfter;

/** Seconds since somebody other than `ourselves` changed an object or its status, by the API server's clock. */
export function secondsSinceChange({ metadata }: StrimziObject, now: Date, ourselves: string): number {
    const times = (metadata.managedFields ?? [])
        .filter(({ manager, time }) => time && manager !== ourselves)
        .map(({ time }) => new Date(time!).getTime());
    return times.length === 0 ? 0 : (now.getTime() - Math.max(...times)) / 1000;
}
