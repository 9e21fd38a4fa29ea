/** The entry point of the Pulumi plugin (PulumiPlugin.yaml): hosts the components for programs in other languages. */
import * as path from "path";
import { componentProviderHost } from "@pulumi/pulumi/provider/experimental";
import { pluginComponents } from "./pluginComponents";

/** Directory of package.json; this file is in `dist/components`. */
const dirname = path.join(__dirname, "..", "..");

void componentProviderHost({ name: "kafka-connect-platform", dirname, components: pluginComponents });
