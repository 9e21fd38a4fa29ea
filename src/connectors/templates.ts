/** The list of connector templates. */
import { bigquerySink } from "./bigquerySink";
import { brazeSink } from "./brazeSink";
import { debeziumMongodbSource } from "./debeziumMongodbSource";
import { debeziumMysqlSource } from "./debeziumMysqlSource";
import { debeziumPostgresSource } from "./debeziumPostgresSource";
import { fileStreamSink } from "./fileStreamSink";
import { fileStreamSource } from "./fileStreamSource";
import { httpSink } from "./httpSink";
import { jdbcSink } from "./jdbcSink";
import { mirrorCheckpoint } from "./mirrorCheckpoint";
import { mirrorHeartbeat } from "./mirrorHeartbeat";
import { mirrorSource } from "./mirrorSource";
import { raw } from "./raw";
import type { Template } from "./template";

/** Every template. To add one, add a file to this folder and a line here. */
export const templates: readonly Template[] = [
    debeziumMysqlSource,
    debeziumPostgresSource,
    debeziumMongodbSource,
    mirrorSource,
    mirrorCheckpoint,
    mirrorHeartbeat,
    fileStreamSource,
    bigquerySink,
    brazeSink,
    httpSink,
    jdbcSink,
    fileStreamSink,
    raw,
] as unknown as Template[];

/** The connector classes of the templates; `raw` has none. */
export const templateClasses: readonly string[] = [...new Set(templates.flatMap((template) => template.class ?? []))];
