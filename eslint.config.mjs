// Rules beyond the recommended ones each name what they prevent.
import tseslint from "typescript-eslint";

export default tseslint.config(
    { ignores: ["node_modules", "rendered", "dist", "docs/api", "test/golden"] },
    ...tseslint.configs.recommended,
    {
        files: ["**/*.{ts,mts}"],
        rules: {
            // long messages are broken up where they are written; addresses in comments cannot be
            "max-len": ["error", { code: 120, ignoreUrls: true, ignoreRegExpLiterals: true }],
            // nested conditional expressions need a second reading
            "no-nested-ternary": "error",
            eqeqeq: "error",
            "no-console": "off",
            "@typescript-eslint/no-explicit-any": "error",
            // what only one command uses is loaded when it runs: ajv, Pulumi's SDK
            "@typescript-eslint/no-require-imports": ["error", { allow: ["^\\.\\.?/", "^ajv"] }],
            "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
        },
    },
    {
        // tests read objects of any kind, and quote whole messages of plugins
        files: ["test/**/*.{ts,mts}"],
        rules: {
            "@typescript-eslint/no-explicit-any": "off",
            "max-len": [
                "error",
                {
                    code: 120,
                    ignoreUrls: true,
                    ignoreRegExpLiterals: true,
                    ignoreStrings: true,
                    ignoreTemplateLiterals: true,
                },
            ],
        },
    },
    {
        // queries of PromQL are not broken up
        files: ["src/metrics/dashboards/*.ts"],
        rules: { "max-len": ["error", { code: 120, ignoreTemplateLiterals: true }] },
    },
    { files: ["**/*.{js,cjs}"], rules: { "@typescript-eslint/no-require-imports": "off" } },
);
