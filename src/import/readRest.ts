/** Reads the connectors of a running Connect cluster from its REST API. Nothing is changed there. */
import { isPlainObject } from "../util/mergePatch";
import { ConnectError, ConnectRest } from "../util/connectRest";
import { ImportError, type ImportSource, type SourceConnector } from "./source";

const states: Readonly<Record<string, SourceConnector["state"]>> = { PAUSED: "paused", STOPPED: "stopped" };

/** The connectors at a REST address, with their states. */
export async function readRest(given: string): Promise<ImportSource> {
    const rest = new ConnectRest(given);
    const { url } = rest;
    const get = async (path: string): Promise<Record<string, unknown>> => {
        const body = await rest.request<unknown>("GET", path).catch((error: unknown) => {
            if (!(error instanceof ConnectError)) throw error;
            const { status, reason } = error;
            throw new ImportError(
                status === undefined
                    ? `${url} does not answer (${reason}).`
                    : `${url}${path} answers with HTTP ${status}.`,
            );
        });
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
