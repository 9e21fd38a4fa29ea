/**
 * The CustomResourceDefinitions of the Strimzi releases, as Strimzi's own generator writes them, without
 * descriptions.
 */
import * as fs from "fs";
import * as path from "path";
import { strimziRelease, strimziVersions, type StrimziRelease } from "./releases";

/** A CustomResourceDefinition as Strimzi's generator writes it, without descriptions. */
export interface Crd {
    apiVersion: string;
    kind: "CustomResourceDefinition";
    metadata: { name: string; labels: Record<string, string> };
    spec: {
        names: { kind: string };
        versions: { name: string; schema: { openAPIV3Schema: JsonSchema } }[];
    };
}

/** The part of OpenAPI v3 that CRDs use. */
export interface JsonSchema {
    type?: string | string[];
    properties?: Record<string, JsonSchema>;
    additionalProperties?: JsonSchema | boolean;
    items?: JsonSchema;
    required?: string[];
    enum?: unknown[];
    "x-kubernetes-preserve-unknown-fields"?: boolean;
    "x-kubernetes-int-or-string"?: boolean;
    [keyword: string]: unknown;
}

const crdFolder = path.join(__dirname, "crds");

/** The API server drops an empty `properties`; sent as it is, every preview would show it as a change. */
const withoutEmptyProperties = (key: string, value: unknown): unknown =>
    key === "properties" && Object.keys(value as object).length === 0 ? undefined : value;

/**
 * All CRDs of a version whose CRDs are in `crds/`, by kind, in a stable order.
 *
 * @throws an Error for any other version
 */
export function crdsOf(version: string): Crd[] {
    if (!strimziVersions.includes(version))
        throw new Error(`no CRDs of Strimzi ${version} here, only of ${strimziVersions.join(", ")}; use the chart's`);
    const folder = path.join(crdFolder, version);
    return fs
        .readdirSync(folder)
        .sort()
        .map((file) => JSON.parse(fs.readFileSync(path.join(folder, file), "utf8"), withoutEmptyProperties) as Crd);
}

const schemas = new Map<string, JsonSchema | undefined>();

/**
 * The schema of one kind's resources in the API version of a release, or undefined where the release has no such
 * kind.
 */
export function schemaOf(version: string, kind: string): JsonSchema | undefined {
    const release = strimziRelease(version);
    const key = [release.crds, release.apiVersion, kind].join(" ");
    if (!schemas.has(key)) schemas.set(key, readSchema(release, kind));
    return schemas.get(key);
}

function readSchema({ crds, apiVersion }: StrimziRelease, kind: string): JsonSchema | undefined {
    const file = path.join(crdFolder, crds, `${kind}.json`);
    if (!fs.existsSync(file)) return undefined;
    const { spec } = JSON.parse(fs.readFileSync(file, "utf8")) as Crd;
    return spec.versions.find(({ name }) => apiVersion.endsWith(`/${name}`))?.schema.openAPIV3Schema;
}
