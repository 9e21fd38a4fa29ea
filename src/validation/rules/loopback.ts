/** Addresses of the machine itself: in a worker they are those of its pod, in which nothing else listens. */
import type { ConnectContext, ResolvedConnector } from "../../connectors/template";
import type { Finding, PluginRule } from "./rule";

const addressKey = /(^|[._-])(hostname|host|ur[il]|endpoint|servers|address|addresses|brokers|connection[._]string)$/i;

const loopback = /(?:^|\/\/|@|,)(localhost|127(?:\.\d+){3}|0\.0\.0\.0|\[::1?\])(?=[:/,;?]|$)/i;

function check({ config }: ResolvedConnector, { bootstrapServers }: ConnectContext): Finding[] {
    // everything of a stack for one machine is on it
    if (loopback.test(bootstrapServers)) return [];
    return Object.entries(config).flatMap(([key, value]): Finding[] => {
        const text = String(value);
        const host = addressKey.test(key) || text.includes("//") ? loopback.exec(text)?.[1] : undefined;
        if (host === undefined) return [];
        const message = `${host} is the worker's own pod; expected an address that can be reached from the cluster`;
        return [{ code: "KCP_INVALID_CONFIG_VALUE", key, message, isWarning: true }];
    });
}

export const loopbackRules: readonly PluginRule[] = [{ classes: /./, check }];
