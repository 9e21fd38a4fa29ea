import assert from "node:assert/strict";
import {
    isStable,
    clusterVerdict,
    connectorVerdict,
    secondsSinceChange,
    type Condition,
    type StatusVerdict,
    type StrimziObject,
} from "../../src/strimzi/status";
import { traceCauses, redactSecrets } from "../../src/strimzi/statusText";

const request = "PUT /connectors/shop/config returned";
const notReady = (reason: string, message: string): Condition => ({
    type: "NotReady",
    status: "True",
    reason,
    message,
});
const ready: Condition = { type: "Ready", status: "True" };
const trace = [
    "org.apache.kafka.connect.errors.ConnectException: Could not start",
    "\tat io.debezium.connector.A.start(A.java:1)",
    "\tat java.base/java.lang.Thread.run(Thread.java:840)",
    "Caused by: org.postgresql.util.PSQLException: FATAL: no such slot",
    "\t... 7 more",
].join("\n");

/** A KafkaConnector of generation 2 with a status. */
const connector = (
    condition: Condition | undefined,
    running?: [string, ...string[]],
    observedGeneration = 2,
    state?: string,
): StrimziObject => ({
    metadata: { name: "shop", generation: 2 },
    spec: { state },
    status: condition && {
        observedGeneration,
        conditions: [condition],
        connectorStatus: running && {
            connector: { state: running[0], ...(running[0] === "FAILED" ? { trace } : {}) },
            tasks: running.slice(1).map((state, id) => ({ id, state, ...(state === "FAILED" ? { trace } : {}) })),
        },
    },
});

const refused = notReady(
    "ConnectRestException",
    `${request} 400 (Bad Request): Connector configuration is invalid and contains the following 2 error(s):\nThe 'topic.prefix' value is invalid: A value is required\nThe 'snapshot.mode' value is invalid: Value must be one of always, never\nYou can also find the above list of errors at the endpoint \`/connector-plugins/{connectorType}/config/validate\``,
);
const tasksFailed = notReady("Throwable", "The following tasks have failed: 0, see connectorStatus for more details.");

describe("the status of a connector", () => {
    /** What, the object, what it is, after how many quiet seconds that holds, what it says. */
    const table: [string, StrimziObject, StatusVerdict["state"], number, RegExp][] = [
        ["without a status", connector(undefined), "waiting", Infinity, /has not reconciled it yet/],
        [
            "of the generation before, Ready",
            connector(ready, ["RUNNING", "RUNNING"], 1),
            "waiting",
            Infinity,
            /has not reconciled/,
        ],
        [
            "of the generation before, refused",
            connector(refused, undefined, 1),
            "waiting",
            Infinity,
            /has not reconciled/,
        ],
        [
            "of the generation before, its reconciliation paused",
            connector({ type: "ReconciliationPaused", status: "True" }, undefined, 1),
            "failed",
            0,
            /strimzi\.io\/pause-reconciliation/,
        ],
        ["Ready and running", connector(ready, ["RUNNING", "RUNNING"]), "ready", 5, /^Ready$/],
        ["Ready before any task is listed", connector(ready, ["RUNNING"]), "ready", 5, /^Ready$/],
        ["Ready by an operator that says no more", connector(ready), "ready", 5, /^Ready$/],
        [
            "Ready while its tasks are handed out anew",
            connector(ready, ["RUNNING", "UNASSIGNED"]),
            "waiting",
            Infinity,
            /UNASSIGNED/,
        ],
        [
            "Ready while autoRestart restarts a task",
            connector(ready, ["RUNNING", "RESTARTING"]),
            "waiting",
            Infinity,
            /RESTARTING/,
        ],
        [
            "refused",
            connector(refused),
            "failed",
            0,
            /^Connect refused it:\n {4}Connector configuration is invalid and contains the following 2 error\(s\):\n {4}The 'topic\.prefix' value is invalid: A value is required\n {4}The 'snapshot\.mode' value is invalid: Value must be one of always, never$/,
        ],
        [
            "of a class that no plugin has",
            connector(
                notReady(
                    "ConnectRestException",
                    `${request} 500 (Internal Server Error): Failed to find any class that implements Connector and which name matches org.example.Nope, available connectors are: PluginDesc{klass=class A}, PluginDesc{klass=class B}`,
                ),
            ),
            "failed",
            0,
            /^Connect refused it:\n {4}Failed to find any class that implements Connector and which name matches org\.example\.Nope$/,
        ],
        [
            "of a plugin that answers 500 to a bad configuration",
            connector(
                notReady(
                    "ConnectRestException",
                    `${request} 500 (Internal Server Error): java.lang.NullPointerException`,
                ),
            ),
            "failed",
            15,
            /NullPointerException/,
        ],
        [
            "while the group rebalances",
            connector(
                notReady(
                    "ConnectRestException",
                    `${request} 409 (Conflict): Cannot complete request because of a conflicting operation (e.g. worker rebalance)`,
                ),
            ),
            "waiting",
            Infinity,
            /409/,
        ],
        [
            "while the worker joins its group",
            connector(
                notReady(
                    "ConnectRestException",
                    `${request} 500 (Internal Server Error): Request timed out. The worker is currently ensuring membership in the cluster`,
                ),
            ),
            "waiting",
            Infinity,
            /timed out/,
        ],
        [
            "while the leader cannot be reached",
            connector(
                notReady(
                    "ConnectRestException",
                    `${request} 500 (Internal Server Error): IO Error trying to forward REST request: java.net.ConnectException: Connection refused`,
                ),
            ),
            "waiting",
            Infinity,
            /forward/,
        ],
        [
            "before its status is known",
            connector(
                notReady(
                    "ConnectRestException",
                    "GET /connectors/shop/status returned 404 (Not Found): No status found for connector shop",
                ),
            ),
            "waiting",
            Infinity,
            /404/,
        ],
        [
            "behind a proxy without a worker",
            connector(notReady("ConnectRestException", `${request} 503 (Service Unavailable): `)),
            "waiting",
            Infinity,
            /503/,
        ],
        [
            "without a worker, 0.45.0",
            connector(
                notReady(
                    "ConnectTimeoutException",
                    "connection timed out after 60000 ms: c-connect-api.kafka-connect.svc/10.96.0.1:8083",
                ),
            ),
            "waiting",
            Infinity,
            /connection timed out/,
        ],
        [
            "without a worker that listens, 0.45.0",
            connector(
                notReady(
                    "AnnotatedConnectException",
                    "Connection refused: c-connect-api.kafka-connect.svc/127.0.0.1:8083",
                ),
            ),
            "waiting",
            Infinity,
            /refused/,
        ],
        [
            "without a worker, 1.2.0",
            connector(notReady("CompletionException", "java.net.ConnectException: Connection refused")),
            "waiting",
            Infinity,
            /refused/,
        ],
        [
            "without a service's name",
            connector(notReady("UnknownHostException", "Failed to resolve 'c-connect-api.kafka-connect.svc'")),
            "waiting",
            Infinity,
            /resolve/,
        ],
        [
            "whose worker goes away",
            connector(notReady("HttpClosedException", "Connection was closed")),
            "waiting",
            Infinity,
            /closed/,
        ],
        [
            "without its Connect cluster",
            connector(
                notReady(
                    "NoSuchResourceException",
                    "KafkaConnect resource 'c' identified by label 'strimzi.io/cluster' does not exist in namespace kafka-connect.",
                ),
            ),
            "waiting",
            Infinity,
            /does not exist/,
        ],
        [
            "that Strimzi cannot read",
            connector(notReady("InvalidResourceException", "spec property is required")),
            "failed",
            0,
            /spec property is required/,
        ],
        [
            "with an error that nobody knows",
            connector(notReady("IllegalStateException", "hm")),
            "failed",
            15,
            /^IllegalStateException: hm$/,
        ],
        [
            "with a failed task",
            connector(tasksFailed, ["RUNNING", "FAILED"]),
            "failed",
            5,
            /^task 0 has failed:\n {4}org\.apache\.kafka\.connect\.errors\.ConnectException: Could not start\n {4}Caused by: org\.postgresql\.util\.PSQLException: FATAL: no such slot$/,
        ],
        [
            "that failed itself",
            connector(notReady("Throwable", "Connector has failed, see connectorStatus for more details."), ["FAILED"]),
            "failed",
            5,
            /^the connector has failed:\n {4}org\.apache/,
        ],
    ];
    for (const [what, object, is, holdsAfter, says] of table) {
        it(`${what}: ${is}`, () => {
            const judgement = connectorVerdict(object, "running");
            assert.deepEqual([judgement.state, judgement.stableSeconds], [is, holdsAfter], judgement.message);
            assert.match(judgement.message, says);
        });
    }

    it("is ready at once when it is declared paused or stopped, whatever its tasks do", () => {
        for (const state of ["paused", "stopped"] as const) {
            for (const object of [
                connector(ready, ["PAUSED", "PAUSED"], 2, state),
                connector(ready, ["STOPPED"], 2, state),
                connector(ready, ["RUNNING"], 2, state),
                connector(tasksFailed, ["RUNNING", "FAILED"], 2, state),
            ]) {
                const verdict = connectorVerdict(object, state);
                assert.deepEqual([verdict.state, verdict.stableSeconds], ["ready", 0]);
            }
        }
    });

    it("has failed when Connect rejects it, also when it is declared paused", () => {
        assert.equal(connectorVerdict(connector(refused, undefined, 2, "paused"), "paused").state, "failed");
        assert.equal(connectorVerdict(connector(ready, ["PAUSED"], 1, "paused"), "paused").state, "waiting");
    });

    it("has failed when its state in the cluster is not the declared one", () => {
        const verdict = connectorVerdict(connector(ready, ["STOPPED"], 2, "stopped"), "running");
        assert.equal(verdict.state, "failed");
        assert.match(verdict.message, /^its spec\.state in the cluster is stopped, expected running: .*--refresh/);
        assert.equal(connectorVerdict(connector(ready, ["RUNNING"]), "paused").state, "failed");
    });

    it("is not ready as long as Connect reports another state than the declared one", () => {
        assert.equal(connectorVerdict(connector(ready, ["PAUSED", "PAUSED"]), "running").state, "waiting");
    });

    it("is trusted only after the object has not changed for a while; the request to reconcile does not count as a change", () => {
        const at = (manager: string, time: string) => ({ manager, time: `2026-01-01T00:00:${time}Z` });
        const object = {
            metadata: { name: "a", managedFields: [at("pulumi", "00"), at("strimzi", "07"), at("ours", "09")] },
        };
        assert.equal(secondsSinceChange(object, new Date("2026-01-01T00:00:10Z"), "ours"), 3);
        assert.equal(secondsSinceChange({ metadata: { name: "a" } }, new Date(), "ours"), 0);
        const running = connectorVerdict(connector(ready, ["RUNNING"]), "running");
        assert.deepEqual(
            [4, 5].map((seconds) => isStable(running, seconds)),
            [false, true],
        );
        assert.equal(isStable(connectorVerdict(connector(undefined), "running"), 1e9), false);
    });
});

describe("the status of a Connect cluster", () => {
    const table: [string, StrimziObject, StatusVerdict["state"], RegExp][] = [
        ["without a status", connector(undefined), "waiting", /has not reconciled/],
        ["of the generation before", connector(ready, undefined, 1), "waiting", /has not reconciled/],
        ["Ready", connector(ready), "ready", /Ready/],
        [
            "whose pods do not come up",
            connector(
                notReady(
                    "TimeoutException",
                    "Exceeded timeout of 300000ms while waiting for Pods resource c-connect-0 in namespace kafka-connect to be ready",
                ),
            ),
            "waiting",
            /waiting for Pods/,
        ],
        [
            "whose image cannot be pulled",
            connector(
                notReady(
                    "FatalProblem",
                    "Error while waiting for restarted pod c-connect-0 to become ready: ImagePullBackOff",
                ),
            ),
            "waiting",
            /ImagePullBackOff/,
        ],
        [
            "that Strimzi cannot read",
            connector(notReady("InvalidResourceException", "image is required")),
            "failed",
            /image is required/,
        ],
    ];
    for (const [what, object, is, says] of table)
        it(`${what}: ${is}`, () => {
            const judgement = clusterVerdict(object);
            assert.equal(judgement.state, is);
            assert.match(judgement.message, says);
        });
});

describe("the text of a status", () => {
    it("contains no secrets", () => {
        const config = {
            "database.password": "hunter2",
            "database.user": "cdc",
            "sasl.jaas.config": "${secretManager:A:B}",
        };
        const table: [string, string][] = [
            ["login of cdc with hunter2 failed", "login of cdc with (not shown) failed"],
            ["cannot reach postgres://cdc:pa55@db:5432/shop", "cannot reach postgres://(not shown)@db:5432/shop"],
            [
                "jdbc:x://db/shop?user=cdc&password=pa55&ssl=true",
                "jdbc:x://db/shop?user=cdc&password=(not shown)&ssl=true",
            ],
            ['module required username="a" password="b c";', 'module required username="a" password=(not shown);'],
            [
                "Invalid value x y for configuration ssl.key.password: no",
                "Invalid value x y for configuration ssl.key.password: (not shown)".replace("x y", "(not shown)"),
            ],
            ["key AKIAABCDEFGHIJKLMNOP is bad", "key (not shown) is bad"],
            [
                'FATAL: password authentication failed for user "cdc"',
                'FATAL: password authentication failed for user "cdc"',
            ],
        ];
        for (const [text, clean] of table) assert.equal(redactSecrets(text, config), clean);
    });

    it("contains the outermost and the innermost causes of a long trace", () => {
        const long = Array.from({ length: 20 }, (_, index) => `Caused by: E${index}\n\tat a.B.c(B.java:${index})`).join(
            "\n",
        );
        assert.deepEqual(traceCauses(long).trim().split(/\n\s+/), [
            "Caused by: E0",
            "Caused by: E1",
            "Caused by: E2",
            "Caused by: E3",
            "…",
            "Caused by: E19",
        ]);
        assert.equal(traceCauses(""), " Connect gives no trace");
    });
});
