/** The exporter's rules for brokers, on a real one. Requires Java, openssl and, on a new machine, Maven. */
import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { kafkaAlerts } from "../../src/metrics/alerts/kafkaAlerts";
import { brokerJmxRules } from "../../src/metrics/brokerJmxRules";
import { metricsExporter } from "../../src/local/kafkaRuntime";
import { freePort } from "../../src/local/ports";
import { Processes } from "../../src/local/processes";
import { defaultKafkaVersion, strimziRelease, strimziVersions } from "../../src/release/releases";
import { selectorsOf } from "../support/prometheusText";
import { SecuredBroker } from "./securedBroker";
import { skipUnlessAvailable } from "./requirements";

for (const version of strimziVersions) {
    const kafkaVersion = defaultKafkaVersion(strimziRelease(version));
    describe(`a broker of Kafka ${kafkaVersion}`, function () {
        this.timeout(300_000);
        let processes: Processes | undefined;
        before(function () {
            skipUnlessAvailable(this, "java", "maven", "openssl");
        });
        after(async () => {
            await processes?.stop();
            if (processes) fs.rmSync(processes.folder, { recursive: true, force: true });
        });

        it("serves every metric that the alerts and the dashboards query", async () => {
            processes = new Processes(fs.mkdtempSync(path.join(os.tmpdir(), "broker-metrics-")));
            const rules = path.join(processes.folder, "rules.yaml");
            fs.writeFileSync(rules, brokerJmxRules());
            const port = await freePort();
            const broker = await SecuredBroker.start(processes, kafkaVersion, {
                jvmOptions: [`-javaagent:${await metricsExporter()}=127.0.0.1:${port}:${rules}`],
            });
            await broker.createTopics("a");
            const producer = broker.client("admin").producer();
            await producer.connect();
            await producer.send({ topic: "a", messages: [{ value: "x" }] });
            await producer.disconnect();
            // the labels of `sum by (…)` are no metrics
            const asked = kafkaAlerts.flatMap(({ expr }) =>
                selectorsOf(expr).flatMap(({ name }) => (name.startsWith("kafka_") ? [name] : [])),
            );
            assert.equal(asked.length, 3);
            const wanted = [
                ...asked,
                'kafka_server_brokertopicmetrics_messagesin_total{topic="a"',
                "kafka_log_size_bytes",
                "kafka_network_requests_total",
                "kafka_network_request_time_ms_p99",
                "kafka_server_request_handlers_idle_ratio",
                "kafka_server_raft_current_leader",
                "jvm_heap_used_bytes",
            ];
            let served = "";
            const end = Date.now() + 30_000;
            do served = `\n${await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()}`;
            while (wanted.some((name) => !served.includes(`\n${name}`)) && Date.now() < end);
            assert.deepEqual(
                wanted.filter((name) => !served.includes(`\n${name}`)),
                [],
            );
        });
    });
}
