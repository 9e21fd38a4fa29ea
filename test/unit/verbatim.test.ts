import assert from "node:assert/strict";
import { issuesOf, minimal, settingsFrom, type Raw } from "../support/stacks";

const stack = (connector: Raw): Raw =>
    minimal({ secrets: { provider: "file" }, connectors: [{ connectorTemplate: "raw", ...connector }] });

const json = {
    name: "orders",
    "connector.class": "io.debezium.connector.postgresql.PostgresConnector",
    "tasks.max": "1",
    "plugin.name": "pgoutput",
    "topic.prefix": "shop",
    "database.hostname": "db",
    "database.user": "u",
    "database.dbname": "shop",
};

describe("a connector's JSON in a raw connector's config", () => {
    it("sets name, class and number of tasks", () => {
        const [connector] = settingsFrom(stack({ config: json })).connectors;
        assert.deepEqual([connector.name, connector.class, connector.tasksMax], ["orders", json["connector.class"], 1]);
        for (const key of ["name", "connector.class", "tasks.max"]) assert.equal(connector.config[key], undefined);
    });

    it("can name the class by its alias", () => {
        for (const alias of ["PostgresConnector", "Postgres"]) {
            const [connector] = settingsFrom(stack({ config: { ...json, "connector.class": alias } })).connectors;
            assert.equal(connector.class, json["connector.class"]);
        }
    });

    it("must not contradict the options", () => {
        assert.deepEqual(issuesOf(stack({ name: "orders", config: json })), []);
        assert.deepEqual(issuesOf(stack({ name: "other", config: json })), [
            "KCP_MANAGED_SETTING connectors[0].config.name",
        ]);
    });

    it("can contain documented keys that the plugin does not list", () => {
        const keys = {
            "topic.heartbeat.prefix": "hb",
            "read.only": "true",
            "offset.mismatch.strategy": "trust_slot",
            "post.processors": "reselector",
            "reselector.type": "io.debezium.processors.reselect.ReselectColumnsPostProcessor",
            "reselector.reselect.columns.include.list": "public.orders:note",
        };
        assert.deepEqual(issuesOf(stack({ config: { ...json, ...keys } })), []);
    });

    it("can have a current key that another plugin renamed", () => {
        const config = {
            name: "jdbc",
            "connector.class": "io.confluent.connect.jdbc.JdbcSourceConnector",
            "table.whitelist": "orders",
        };
        assert.deepEqual(issuesOf(stack({ config })), []);
        assert.deepEqual(issuesOf(stack({ config: { ...json, "table.whitelist": "orders" } })), [
            'KCP_REMOVED_CONFIG_KEY connectors[0].config."table.whitelist"',
        ]);
    });
});
