/**
 * The layers of the code base, lowest first. A layer may import itself and the layers below it; ARCHITECTURE.md describes each.
 * Run by `npm test`.
 */
const layers = [
    ["src/util"],
    ["src/release"],
    ["src/schema"],
    ["src/aws", "src/metrics"],
    ["src/connectors"],
    ["src/standalone", "src/strimzi", "src/image"],
    ["src/validation"],
    ["src/stack"],
    ["src/synth"],
    ["src/import", "src/move", "src/diff", "src/policies", "src/upgrade"],
    ["src/local"],
    ["src/operations"],
    ["components"],
    ["src/program"],
    ["cli", "index\\.ts"],
];

const pattern = (folders) => `^(${folders.join("|")})(/|$)`;

/** Everything above a layer, and its neighbours. */
const forbiddenFor = (folders, index) =>
    folders.map((folder) => ({
        name: `${folder.replace("\\", "")} imports only lower layers`,
        severity: "error",
        from: { path: pattern([folder]) },
        to: {
            path: pattern([...folders.filter((other) => other !== folder), ...layers.slice(index + 1).flat()]),
            // the evaluation of the program loads it
            ...(folder === "src/synth" && { pathNot: "^index\\.ts$" }),
        },
    }));

module.exports = {
    forbidden: [
        ...layers.flatMap(forbiddenFor),
        { name: "no import cycles", severity: "error", from: {}, to: { circular: true } },
        {
            name: "every file belongs to a layer",
            severity: "error",
            from: { path: "^src/", pathNot: pattern(layers.flat()) },
            to: {},
        },
        { name: "nothing imports tests", severity: "error", from: { pathNot: "^test/" }, to: { path: "^test/" } },
        {
            name: "only what is declared in package.json is imported",
            severity: "error",
            from: {},
            to: { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
        },
    ],
    options: {
        doNotFollow: { path: "node_modules" },
        tsPreCompilationDeps: true,
        tsConfig: { fileName: "tsconfig.json" },
        enhancedResolveOptions: { extensions: [".ts", ".js", ".json"] },
    },
};
