/** The offset of a MySQL source while its table is quiet, on MariaDB. Needs Java, Maven and MariaDB. */
import assert from "node:assert/strict";
import { startMariadb } from "../../src/local/mariadb";
import { pause } from "../../src/util/pause";
import { ConnectRig } from "./connectRig";
import { skipUnlessAvailable } from "./requirements";

describe("the offset of a MySQL source", function () {
    this.timeout(300_000);
    let rig: ConnectRig;

    before(async function () {
        skipUnlessAvailable(this, "java", "maven", "mariadb");
        rig = await ConnectRig.start(startMariadb);
    });
    after(async () => rig?.stop());

    async function source(database: string, heartbeatSeconds: number): Promise<void> {
        await rig.database.create(database);
        await rig.database.run(
            database,
            "CREATE TABLE quiet (id int PRIMARY KEY); INSERT INTO quiet VALUES (1); CREATE TABLE busy (id int)",
        );
        await rig.deploy({
            connectorTemplate: "debeziumMysqlSourceConnector",
            name: database,
            heartbeatSeconds,
            source: { instance: "shop", database, tables: ["quiet"], port: ConnectRig.port },
            sslMode: "disabled",
        });
        await rig.read([`${database}.${database}.quiet`]);
    }

    /** Writes to the table that is not captured, and starts a new log file. */
    async function writeElsewhere(database: string): Promise<void> {
        for (let round = 0; round < 5; round++)
            await rig.database.run(database, "INSERT INTO busy SELECT seq FROM seq_1_to_10000; FLUSH BINARY LOGS");
    }

    const currentFile = async () =>
        /binlog\.\d+/.exec((await rig.database.run("mysql", "SHOW MASTER STATUS")).join("\n"))![0];

    it("advances with the heartbeat to the current file while the table is quiet", async () => {
        await source("lively", 5);
        await writeElsewhere("lively");
        const file = await currentFile();
        await ConnectRig.until(`the offset in ${file}`, async () => (await rig.offset("lively"))?.file === file);
    });

    it("does not advance without a heartbeat", async function () {
        skipUnlessAvailable(this, "nightly");
        await source("stuck", 0);
        await writeElsewhere("stuck");
        await pause(20_000);
        assert.notEqual((await rig.offset("stuck"))?.file, await currentFile());
    });
});
