import { Client, type ClientConfig } from "pg";

/** A client of a PostgreSQL server. Its `query` fails when the server ends; the process goes on. */
export async function connectPostgres(config: ClientConfig): Promise<Client> {
    const client = new Client(config);
    // without a listener the client would end this process with the server
    client.on("error", () => undefined);
    await client.connect();
    return client;
}

/** Runs statements in a new session, which is closed afterwards. */
export async function withPostgres<T>(config: ClientConfig, work: (client: Client) => Promise<T>): Promise<T> {
    const client = await connectPostgres(config);
    try {
        return await work(client);
    } finally {
        await client.end();
    }
}
