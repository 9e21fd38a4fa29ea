/** The groups of a stack file, each with its schema; `connectors` is read by the templates. */
import type { z } from "zod";
import { connect } from "./connect";
import { httpBridge } from "./httpBridge";
import { kafka } from "./kafka";
import { kafkaAccess } from "./kafkaAccess";
import { kafkaCluster } from "./kafkaCluster";
import { eks, environment, image, metrics, protect, secrets, strimzi } from "./platform";

export const groups = { environment, protect, eks, strimzi, image, secrets, metrics, kafka, connect, kafkaCluster, kafkaAccess, httpBridge } as const;

/** Groups that may be absent, or empty, which is the default the engine puts in; what is not here has defaults for all it holds, or says what it needs. */
export const optionalGroups: readonly string[] = ["image", "secrets", "environment", "kafkaCluster", "kafkaAccess", "httpBridge"];

/** Every key of a stack file. */
export const topLevel: readonly string[] = [...Object.keys(groups), "connectors"];

/** The groups that could be read so far: those with faults of their own are missing. */
export type ReadGroups = { -readonly [G in keyof typeof groups]?: z.output<(typeof groups)[G]> };
