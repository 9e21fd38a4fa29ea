/**
 * Which integration suites must run where: every suite with the parts of a machine that it needs. It is kept apart from
 * the suites' own checks on purpose: a suite that skips itself by mistake is found (`verifySuites.ts`).
 */

/** Parts of a machine that `.ci/run` can find or start. */
export type MachinePart = "java" | "mvn" | "openssl" | "keytool" | "mariadbd" | "pulumi" | "cluster" | "stub";

export const suites: Readonly<Record<string, readonly MachinePart[]>> = {
    // the MariaDB part needs mariadbd too, and skips itself
    addedTables: ["java", "mvn"],
    adoption: ["pulumi", "cluster"],
    avro: ["java", "mvn"],
    acls: ["java", "mvn", "openssl"],
    badInput: ["java", "mvn"],
    binlog: ["java", "mvn", "mariadbd"],
    brokerMetrics: ["java", "mvn", "openssl"],
    changeEvents: ["java", "mvn"],
    check: ["java", "mvn"],
    cluster: ["cluster"],
    connectUser: ["java", "mvn", "openssl"],
    contract: ["java", "mvn"],
    // its PostgreSQL comes with npm; the MariaDB part needs mariadbd and skips itself
    databaseChecks: [],
    engine: ["pulumi", "cluster", "stub"],
    imageTags: ["pulumi"],
    logging: ["java", "mvn"],
    metrics: ["java", "mvn", "mariadbd"],
    notation: ["pulumi"],
    kubernetesFields: ["cluster"],
    kubernetesSecrets: ["java", "mvn", "cluster"],
    library: ["pulumi", "cluster"],
    rows: ["java", "mvn"],
    operations: ["java", "mvn"],
    operationsCluster: ["cluster"],
    move: ["java", "mvn"],
    podSecurity: ["cluster"],
    policyPack: ["pulumi", "stub"],
    sandbox: ["java", "mvn"],
    slot: ["java", "mvn"],
    smoke: ["java", "mvn", "openssl"],
    standalone: ["java", "mvn", "openssl", "keytool"],
    status: ["pulumi", "cluster"],
    tables: ["java", "mvn"],
    templates: ["java", "mvn"],
    terminal: ["java", "mvn"],
};

/**
 * Suites that `.ci/run` does not expect: the image, the runbooks, the dashboards, the metrics of slots, wrong values
 * of connectors compared with what the plugins accept, Kafka and teams on the real engine and the upgrade of a cluster,
 * which take minutes and are in `.ci/nightly`, and those that need a part which no registry has: Strimzi's operator
 * (`chain`, `moveStrimzi`, `operatorPods`), a release of the bridge (`bridge`), the real Docker provider (`imagePush`).
 */
export const optionalSuites: readonly string[] = [
    "bridge",
    "chain",
    "dashboards",
    "image",
    "imagePush",
    "kafkaEngine",
    "kafkaRunbooks",
    "moveStrimzi",
    "mutations",
    "operatorPods",
    "runbooks",
    "slotMetrics",
    "symptoms",
    "teams",
    "upgrade",
    "workerRunbooks",
];
