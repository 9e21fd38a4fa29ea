/** Reads the connectors of a running Connect cluster from its REST API. Nothing is changed there. */
import { isPlainObject } from "../util/mergePatch";
import { noAnswerReason, restAddress } from "../util/restAddress";
import { ImportError, type ImportSource, type SourceConnector } from "./source";

const states: Readonly<Record<string, SourceConnector["state"]>> = { PAUSED: "paused", STOPPED: "stopped" };

/** The connectors at a REST address, with their states. */
export async function readRest(given: string, timeoutMs = 15_000): Promise<ImportSource> {
    const { url, headers } = restAddress(given);
    const get = async (path: string): Promise<Record<string, unknown>> => {
        let response: Response;
        try {
            response = await fetch(`${url}${path}`, { headers, signal: AbortSignal.timeout(timeoutMs) });
        } catch (error) {
            throw new ImportError(`${url} does not answer (${noAnswerReason(error)}).`);
        }
        if (!response.ok) throw new ImportError(`${url}${path} answers with HTTP ${response.status}.`);
        const body: unknown = await response.json().catch(() => undefined);
        if (!isPlainObject(body)) throw new ImportError(`${url} is not the REST API of Kafka Connect.`);
        return body;
    };
    const root = await get("/");
    if (typeof root.version !== "string") throw new ImportError(`${url} is not the REST API of Kafka Connect.`);
    const expanded = await get("/connectors?expand=info&expand=status");
    const connectors = Object.entries(expanded).map(([name, item]): SourceConnector => {
        const { info, status } = item as {
            info: { config: Record<string, string> };
            status?: { connector?: { state?: string } };
        };
        return { name, config: info.config, state: states[status?.connector?.state ?? ""] ?? "running", origin: url };
    });
    if (connectors.length === 0) throw new ImportError(`${url} has no connectors.`);
    return { objects: [], connectors, kafkaVersion: /^\d+\.\d+\.\d+/.exec(root.version)?.[0] };
}
