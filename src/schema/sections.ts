/** The groups of a stack file, each with its schema; `connectors` is read by the templates. */
import type { z } from "zod";
import { connect } from "./connect";
import { httpBridge } from "./httpBridge";
import { kafka } from "./kafka";
import { kafkaAccess } from "./kafkaAccess";
import { kafkaCluster } from "./kafkaCluster";
import { standaloneConnect } from "./standaloneConnect";
import { eks, environment, image, metrics, protect, secrets, strimzi } from "./platform";

export const groups = {
    environment,
    protect,
    eks,
    strimzi,
    image,
    secrets,
    metrics,
    kafka,
    connect,
    kafkaCluster,
    kafkaAccess,
    httpBridge,
    standaloneConnect,
} as const;

/** Groups that may be absent, or empty, which is the default the engine puts in; what is not here has defaults for all it holds, or says what it needs. */
export const optionalGroups: readonly string[] = [
    "image",
    "secrets",
    "environment",
    "kafkaCluster",
    "kafkaAccess",
    "httpBridge",
    "standaloneConnect",
];

/** Groups with values of secret config, which are kept marked as such. Elsewhere what is encrypted is read as what it decrypts to. */
export const groupsWithSecrets: readonly string[] = ["standaloneConnect"];

/** Every key of a stack file. */
export const topLevel: readonly string[] = [...Object.keys(groups), "connectors"];

/** The groups that could be read so far: those with faults of their own are missing. */
export type ReadGroups = { -readonly [G in keyof typeof groups]?: z.output<(typeof groups)[G]> };
