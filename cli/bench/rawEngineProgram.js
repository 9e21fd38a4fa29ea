// The raw program on the engine: the Kubernetes objects of RAW_RESOURCES, and for the floor the components that they are in.
const fs = require("fs");
const k8s = require("@pulumi/kubernetes");
const pulumi = require("@pulumi/pulumi");

// the platform keeps its CRDs, which the raw program then finds
const provider = new k8s.Provider("cluster", { kubeconfig: process.env.RAW_KUBECONFIG, upsertExistingObjects: true });
const components = new Map();
for (const { urn, type, name, custom, inputs, parent } of JSON.parse(
    fs.readFileSync(process.env.RAW_RESOURCES, "utf8"),
)) {
    const options = { parent: components.get(parent) };
    if (custom) new pulumi.CustomResource(type, name, inputs, { ...options, provider });
    else components.set(urn, new pulumi.ComponentResource(type, name, {}, options));
}
