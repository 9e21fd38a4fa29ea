/** Debezium's MariaDB plugin: what the MySQL plugin cannot do on MariaDB is tested with it. */
import type { Plugin } from "../../src/image/manifest";

export const mariadbPlugin: Plugin = {
    name: "debezium-mariadb",
    license: "Apache-2.0",
    into: "plugins",
    classes: ["io.debezium.connector.mariadb.MariaDbConnector"],
    artifacts: [
        {
            maven: "io.debezium:debezium-connector-mariadb:3.5.0.Final:tar.gz:plugin",
            sha512:
                "94309fdfdb9744b586f3a0825ac48d05d241bb79b4218cedb42c04831e484426" +
                "2bf26bcfa32fd4a60551614ddcfc57b5b5a1a4a9dd26a85341d7623cda883de1",
        },
    ],
};
