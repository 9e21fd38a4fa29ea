/** The picture of the layers in ARCHITECTURE.md: which folder imports which, as dependency-cruiser finds it. */
import type { ICruiseResult } from "dependency-cruiser";
import { projectFolder } from "../../src/util/project";

/** Folder → the folders that its files import. */
type Imports = ReadonlyMap<string, ReadonlySet<string>>;

/** `src/schema/issues.ts` → `src/schema`; `cli/check/check.ts` → `cli`. */
const folderOf = (file: string): string => /^(src\/[^/]+|[^/]+)/.exec(file)![0];

async function importsOfFolders(): Promise<Imports> {
    // an ES module, which a CommonJS program can only import so
    const { cruise } = await import("dependency-cruiser");
    const { output } = await cruise(["src", "cli", "components", "index.ts"], {
        baseDir: projectFolder,
        includeOnly: "^(src|cli|components|index\\.ts)",
        tsPreCompilationDeps: true,
        enhancedResolveOptions: { extensions: [".ts", ".js", ".json"] },
    });
    const imports = new Map<string, Set<string>>();
    for (const { source, dependencies } of (output as ICruiseResult).modules) {
        const folder = folderOf(source);
        const targets = imports.get(folder) ?? new Set();
        for (const { resolved } of dependencies) if (folderOf(resolved) !== folder) targets.add(folderOf(resolved));
        imports.set(folder, targets);
    }
    return imports;
}

/** Every folder that can be reached from one. */
function reachable(from: string, imports: Imports, found = new Set<string>()): ReadonlySet<string> {
    for (const next of imports.get(from) ?? [])
        if (!found.has(next)) {
            found.add(next);
            reachable(next, imports, found);
        }
    return found;
}

/** The imports that do not follow from others: with a → b and b → c, a → c is left out. */
function essentialImports(imports: Imports): [string, string][] {
    return [...imports.keys()].sort().flatMap((from) => {
        const direct = [...imports.get(from)!].sort();
        return direct
            .filter((to) => !direct.some((other) => other !== to && reachable(other, imports).has(to)))
            .map((to): [string, string] => [from, to]);
    });
}

/** The picture, as a Mermaid diagram. */
export async function layerPicture(): Promise<string> {
    const imports = await importsOfFolders();
    const id = (folder: string): string => folder.replace(/\W/g, "_");
    const nodes = [...imports.keys()].sort().map((folder) => `    ${id(folder)}["${folder}"]`);
    const arrows = essentialImports(imports).map(([from, to]) => `    ${id(from)} --> ${id(to)}`);
    return ["```mermaid", "flowchart TD", ...nodes, ...arrows, "```"].join("\n");
}
