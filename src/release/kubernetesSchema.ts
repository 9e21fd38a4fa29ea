/** Kubernetes' own schema of a container, recorded by `cli/kubernetesSchema.ts`. */
import * as fs from "fs";
import * as path from "path";
import type { JsonSchema } from "./crds";

let container: JsonSchema | undefined;

/** The schema of a container as Kubernetes defines it. */
export const containerSchema = (): JsonSchema =>
    (container ??= JSON.parse(
        fs.readFileSync(path.join(__dirname, "kubernetes", "container.json"), "utf8"),
    ) as JsonSchema);
