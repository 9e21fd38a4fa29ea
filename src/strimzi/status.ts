/**
 * What the status of a Strimzi resource says about its last change. Pure.
 * The reasons are class names of Strimzi's operator, read in its KafkaConnectAssemblyOperator,
 * AbstractConnectOperator and KafkaConnectApi, 0.45.0 and 1.2.0 alike.
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

/** State that a connector is declared to be in. */
type DeclaredState = "running" | "paused" | "stopped";

/** The parts of a KafkaConnect or KafkaConnector in a cluster that are read here. */
export interface StrimziObject {
    metadata: {
        name: string;
        generation?: number;
        /** Who changed what last, and when by the API server's clock. */
        managedFields?: { manager?: string; time?: string | Date }[];
    };
    spec?: {
        /** Only a KafkaConnector has it. Default: running. */
        state?: string;
        /** What came before `state`, and is still read. */
        pause?: boolean;
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

/** What a status says, and how long it must not have changed before that is final. */
export interface StatusVerdict {
    readonly state: "ready" | "failed" | "waiting";
    /** The reason, for people. Lines after the first are indented. */
    readonly message: string;
    /** Seconds without a change after which it is final. Infinity: never. */
    readonly stableSeconds: number;
}

/**
 * Seconds for which a task's state must not have changed. A status written right after a change still describes the
 * tasks from before it, and a task that fails when it starts has not failed yet.
 */
const taskSeconds = 5;
/** Seconds without a change after which an error that may be temporary is final. */
const unclearSeconds = 15;

const ready = (stableSeconds: number): StatusVerdict => ({ state: "ready", message: "Ready", stableSeconds });
const failed = (message: string, stableSeconds = 0): StatusVerdict => ({ state: "failed", message, stableSeconds });
const waiting = (message: string): StatusVerdict => ({ state: "waiting", message, stableSeconds: Infinity });

/** The operator rejects the resource, and will until it is changed. */
const invalid = /^(InvalidResource|InvalidConfiguration|UnsupportedVersion|UnsupportedKafkaVersion)Exception$/;
/** The worker does not run, does not run yet, or does not respond, as during every rolling update. */
const unreachable =
    /Time(d )?out|Connect(ion)?(Closed|Refused|Reset)?Exception|connection (refused|reset|was closed)|Closed(Channel)?Exception|UnknownHost|NoRouteToHost|SocketException|failed to resolve/i;
/** Responses of a worker that joins its group or rebalances. */
const joining = /rebalanc|ensuring membership|forward REST request|conflicting operation|starting up|leader/i;

const readiness = (object: StrimziObject): Condition | undefined =>
    object.status?.conditions?.find(({ type }) => type === "Ready" || type === "NotReady");
const textOf = ({ reason, message }: Condition): string =>
    [reason, message].filter(Boolean).join(": ") || "NotReady without a reason";

/** A verdict on a status that is not of the current generation; undefined where it is. */
function outdated({ metadata, status }: StrimziObject): StatusVerdict | undefined {
    if (status?.observedGeneration === metadata.generation && readiness({ metadata, status })) return undefined;
    // the operator applies nothing until the annotation is removed
    if (status?.conditions?.some(({ type }) => type === "ReconciliationPaused"))
        return failed(
            "its annotation strimzi.io/pause-reconciliation keeps Strimzi's operator from applying the change",
        );
    return waiting("Strimzi's operator has not reconciled it yet");
}

/** The verdict on a NotReady KafkaConnector, by the response that its condition quotes. */
function verdictOfError(condition: Condition): StatusVerdict {
    const { reason = "", message = "" } = condition;
    const code = Number(/ returned (\d{3}) /.exec(message)?.[1]);
    if (reason === "ConnectRestException" && code) {
        // 500 is also Connect's response to an unknown class
        if (/Failed to find any class/.test(message)) return failed(rejectionReason(message));
        if (code === 400 || code === 422) return failed(rejectionReason(message));
        if ([404, 408, 409, 429, 502, 503, 504].includes(code) || unreachable.test(message) || joining.test(message))
            return waiting(textOf(condition));
        return failed(rejectionReason(message), unclearSeconds);
    }
    if (invalid.test(reason)) return failed(textOf(condition));
    if (unreachable.test(`${reason}: ${message}`) || reason === "NoSuchResourceException")
        return waiting(textOf(condition));
    return failed(textOf(condition), unclearSeconds);
}

/** The state that the spec in the cluster declares. */
const specState = ({ spec }: StrimziObject): string => spec?.state ?? (spec?.pause ? "paused" : "running");

/**
 * The verdict on a KafkaConnector.
 *
 * @param declared the state that the program declares: a connector that is paused or stopped need not run
 */
export function connectorVerdict(object: StrimziObject, declared: DeclaredState): StatusVerdict {
    if (specState(object) !== declared)
        return failed(
            `its spec.state in the cluster is ${specState(object)}, expected ${declared}: it was changed outside ` +
                "of this program; run `pulumi up --refresh` to change it back",
        );
    const late = outdated(object);
    if (late) return late;
    const { connector, tasks = [] } = object.status!.connectorStatus ?? {};
    const failures = [
        ...(connector?.state === "FAILED" ? [{ what: "the connector", ...connector }] : []),
        ...tasks.filter(({ state }) => state === "FAILED").map((task) => ({ what: `task ${task.id ?? "?"}`, ...task })),
    ];
    const condition = readiness(object)!;
    if (declared !== "running" && (condition.type === "Ready" || failures.length > 0)) return ready(0);
    if (declared === "running" && failures.length > 0) {
        const reasons = failures.slice(0, 3).map(({ what, trace }) => `${what} has failed:${traceCauses(trace ?? "")}`);
        return failed(reasons.join("\n"), taskSeconds);
    }
    if (condition.type === "NotReady") return verdictOfError(condition);
    const restarting = [connector, ...tasks].find((part) => ["UNASSIGNED", "RESTARTING"].includes(part?.state ?? ""));
    if (restarting) return waiting(`a part of it is ${restarting.state}`);
    if (connector?.state && connector.state !== "RUNNING")
        return waiting(`Connect reports it as ${connector.state}, expected RUNNING`);
    return ready(taskSeconds);
}

/**
 * The verdict on a KafkaConnect. Its workers may start only after several attempts: only what no attempt can change
 * has failed.
 */
export function clusterVerdict(object: StrimziObject): StatusVerdict {
    const late = outdated(object);
    if (late) return late;
    const condition = readiness(object)!;
    if (condition.type === "Ready") return ready(0);
    return invalid.test(condition.reason ?? "") ? failed(textOf(condition)) : waiting(textOf(condition));
}

/** Whether a verdict is final, on an object that has not changed for some seconds. */
export const isStable = ({ stableSeconds }: StatusVerdict, secondsUnchanged: number): boolean =>
    secondsUnchanged >= stableSeconds;

/** Seconds since a manager other than `ourselves` changed an object or its status, by the API server's clock. */
export function secondsSinceChange({ metadata }: StrimziObject, now: Date, ourselves: string): number {
    const times = (metadata.managedFields ?? [])
        .filter(({ manager, time }) => time && manager !== ourselves)
        .map(({ time }) => new Date(time!).getTime());
    return times.length === 0 ? 0 : (now.getTime() - Math.max(...times)) / 1000;
}
