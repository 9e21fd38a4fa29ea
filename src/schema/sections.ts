/** The sections of a stack file, each with its schema. `connectors` is read by the templates instead. */
import type { z } from "zod";
import { adopt } from "./adopt";
import { connect } from "./connect";
import { httpBridge } from "./httpBridge";
import { kafka } from "./kafka";
import { kafkaAccess } from "./kafkaAccess";
import { kafkaCluster } from "./kafkaCluster";
import { standaloneConnect } from "./standaloneConnect";
import { eks } from "./eks";
import { environment, protect } from "./general";
import { image } from "./image";
import { manifests } from "./manifests";
import { metrics } from "./metrics";
import { secrets } from "./secrets";
import { strimzi } from "./strimzi";
import { teams } from "./teams";

export const sections = {
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
    manifests,
    adopt,
    teams,
} as const;

/** A section of a stack file, `connectors` excepted. */
export type SectionName = keyof typeof sections;

/**
 * Sections that a stack can leave out. The engine passes `{}`, their default in Pulumi.yaml, for one that is left
 * out. Every other section has defaults or requires a setting.
 */
export const optionalSections: readonly string[] = [
    "image",
    "secrets",
    "environment",
    "kafkaCluster",
    "kafkaAccess",
    "httpBridge",
    "standaloneConnect",
    "manifests",
    "adopt",
    "teams",
];

/** Sections with settings that must be secret config. In the others a secret value is read as its plain string. */
export const sectionsWithSecrets: readonly string[] = ["standaloneConnect"];

/** Every top-level key of a stack file. */
export const sectionNames: readonly string[] = [...Object.keys(sections), "connectors", "connectorOverrides"];

/** The sections that are valid by themselves. A section that has issues is missing. */
export type ParsedSections = { -readonly [S in SectionName]?: z.output<(typeof sections)[S]> };
