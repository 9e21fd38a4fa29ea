// The raw program on the engine: the Kubernetes objects of RAW_OBJECTS, one resource each, and nothing else.
const fs = require("fs");
const k8s = require("@pulumi/kubernetes");
const pulumi = require("@pulumi/pulumi");

// the platform keeps its CRDs, which the raw program then finds
const provider = new k8s.Provider("cluster", { kubeconfig: process.env.RAW_KUBECONFIG, upsertExistingObjects: true });
for (const { type, name, inputs } of JSON.parse(fs.readFileSync(process.env.RAW_OBJECTS, "utf8")))
    new pulumi.CustomResource(type, name, inputs, { provider });
