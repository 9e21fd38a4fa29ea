// The raw program: the same resources with the same inputs, registered one after the other, and nothing else.
const fs = require("fs");
const pulumi = require("@pulumi/pulumi");

for (const { type, name, custom, inputs } of JSON.parse(fs.readFileSync(process.env.BENCH_RESOURCES, "utf8"))) {
    if (type.startsWith("pulumi:")) continue;
    if (custom) new pulumi.CustomResource(type, name, inputs);
    else new pulumi.ComponentResource(type, name);
}
