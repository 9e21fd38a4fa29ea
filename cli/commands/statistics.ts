import type { Command } from "commander";
import type { StatisticsOptions } from "../diff/writeStatistics";
import { databaseOption } from "../support/addresses";
import { outOption, positiveInteger } from "../support/options";

/** `kcp statistics` */
export const statisticsCommand = (program: Command): Command =>
    program
        .command("statistics")
        .summary("read the sizes of tables for `kcp diff`")
        .description(
            "Reads the estimated rows and the size of every table of a database, and writes them to a file that " +
                "`kcp diff --statistics` reads. Tables of other databases in the file are kept. " +
                "Only reads the catalogue: PostgreSQL's pg_class, or MySQL's information_schema.tables.",
        )
        .addOption(
            databaseOption(
                ["postgres", "mysql"],
                "postgres://USER@HOST:PORT/DATABASE or mysql://USER@HOST:PORT/DATABASE; " +
                    "the password is read from PGPASSWORD or MYSQL_PWD",
            ).makeOptionMandatory(),
        )
        .addOption(outOption("file to write").makeOptionMandatory())
        .option("--rows-per-second <rows>", "measured rate of a snapshot", positiveInteger)
        .option("--restart-seconds <seconds>", "measured time of a worker's restart", positiveInteger)
        .addHelpText(
            "after",
            `
Example:
  $ npx kcp statistics --database postgres://reader@db/shop --out s.json`,
        )
        .action(async (options: StatisticsOptions) => {
            const { statistics } = require("../diff/writeStatistics") as typeof import("../diff/writeStatistics");
            await statistics(options);
        });
