// The floor: the same resources as components, with their parents, dependencies, providers, aliases and outputs, and
// nothing of the platform. What it takes over the raw program is Pulumi's price for that structure.
const fs = require("fs");
const pulumi = require("@pulumi/pulumi");

const resources = new Map();
const known = (urns) => urns.map((urn) => resources.get(urn)).filter((resource) => resource !== undefined);

for (const { urn, type, name, custom, inputs, parent, dependencies, provider } of JSON.parse(
    fs.readFileSync(process.env.BENCH_RESOURCES, "utf8"),
)) {
    if (type === "pulumi:pulumi:Stack") continue;
    // only the engine can tell a dependency on a component from one on its children: the platform depends on components
    const related = { parent: resources.get(parent), dependsOn: known(dependencies) };
    if (type.startsWith("pulumi:providers:")) {
        resources.set(urn, new pulumi.ProviderResource(type.split(":")[2], name, inputs, related));
    } else if (custom) {
        const [providerUrn] = provider.split(/::[^:]*$/);
        const aliases = [{ type: `${type}Former` }];
        resources.set(
            urn,
            new pulumi.CustomResource(type, name, inputs, {
                ...related,
                provider: resources.get(providerUrn),
                aliases,
            }),
        );
    } else {
        const component = new pulumi.ComponentResource(type, name, {}, { ...related, aliases: [`${urn}-former`] });
        component.registerOutputs({ name: component.urn.apply(() => name), namespace: pulumi.output("kafka-connect") });
        resources.set(urn, component);
    }
}
