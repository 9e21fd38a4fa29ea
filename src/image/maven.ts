/**
 * Maven as everything here uses it: with the user's settings, mirrors and proxies. The project contains no address of
 * a repository.
 */
import * as fs from "fs";
import * as path from "path";
import { runToEnd } from "../util/exec";

const dependencyPlugin = "3.8.1";

const element = (name: string, value: string | undefined): string => (value ? `<${name}>${value}</${name}>` : "");

function coordinates(artifact: string): string {
    const [group, name, version, type, classifier] = artifact.split(":");
    return (
        element("groupId", group) +
        element("artifactId", name) +
        element("version", version) +
        element("type", type) +
        element("classifier", classifier)
    );
}

/** What to copy, and where to. */
export interface Copies {
    /**
     * Artifacts with all they need at run time, to `folder`; in the layout of Maven's own repository if
     * `layout` is set.
     */
    readonly whole?: {
        readonly artifacts: readonly string[];
        readonly folder: string;
        readonly without?: readonly string[];
        readonly layout?: "repository";
    };
    /** Artifacts alone, to `folder`. */
    readonly alone?: { readonly artifacts: readonly string[]; readonly folder: string };
}

/** How Maven is run. */
export interface MavenOptions {
    /** Called with every line that Maven prints. It prints only errors without. */
    readonly onLine?: (line: string) => void;
    /** Further arguments. */
    readonly more?: readonly string[];
}

/** A project whose only work is to copy artifacts. */
function pom({ whole, alone }: Copies): string {
    const execution = (id: string, goal: string, configuration: string) =>
        `<execution><id>${id}</id><phase>process-resources</phase><goals><goal>${goal}</goal></goals>` +
        `<configuration>${configuration}</configuration></execution>`;
    const exclusions = (whole?.without ?? []).map((item) => `<exclusion>${coordinates(item)}</exclusion>`).join("");
    const dependencies = (whole?.artifacts ?? []).map(
        (artifact) => `<dependency>${coordinates(artifact)}${element("exclusions", exclusions)}</dependency>`,
    );
    const items = (alone?.artifacts ?? []).map((artifact) => `<artifactItem>${coordinates(artifact)}</artifactItem>`);
    const copyWhole = (copied: NonNullable<Copies["whole"]>) =>
        execution(
            "whole",
            "copy-dependencies",
            element("outputDirectory", copied.folder) +
                element("includeScope", "runtime") +
                (copied.layout ? element("useRepositoryLayout", "true") : ""),
        );
    const copyAlone = (folder: string) =>
        execution(
            "alone",
            "copy",
            element("artifactItems", items.join("")) +
                element("outputDirectory", folder) +
                element("useBaseVersion", "true"),
        );
    return `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>copies</groupId><artifactId>copies</artifactId><version>1</version><packaging>pom</packaging>
<dependencies>${dependencies.join("")}</dependencies>
<build><plugins><plugin>
<groupId>org.apache.maven.plugins</groupId><artifactId>maven-dependency-plugin</artifactId>
<version>${dependencyPlugin}</version><executions>
${whole ? copyWhole(whole) : ""}
${items.length > 0 ? copyAlone(alone!.folder) : ""}
</executions></plugin></plugins></build></project>`;
}

/**
 * Copies artifacts with Maven. The caller verifies what arrives against a recorded SHA-512: a repository may serve an
 * artifact without its checksum files, so Maven's own `--strict-checksums` would fail where nothing is wrong.
 * `folder` takes the project.
 */
export async function copyByMaven(copies: Copies, folder: string, options: MavenOptions = {}): Promise<void> {
    const file = path.join(folder, "pom.xml");
    fs.writeFileSync(file, pom(copies));
    try {
        const args = ["-B", ...(options.onLine ? [] : ["-q"]), "-Dstyle.color=never", ...(options.more ?? [])];
        await runToEnd("mvn", [...args, "-f", file, "process-resources"], folder, options.onLine);
    } catch (error) {
        throw new Error(mavenFailure((error as Error).message));
    }
}

const advice: readonly [RegExp, string][] = [
    [
        /Unknown host|Connection refused|Connection timed out|Connect to .* failed|Network is unreachable/i,
        "Check the network, or name a mirror in ~/.m2/settings.xml.",
    ],
    [
        /Could not find artifact|was not found in|Could not resolve dependencies/i,
        "Check the coordinates, or name a repository that has the artifact as a mirror in ~/.m2/settings.xml.",
    ],
    [/No space left on device/i, "Free disk space and run the command again."],
    [/status code: 40[13]|Unauthorized|Forbidden/i, "Check the credentials of the mirror in ~/.m2/settings.xml."],
];

const generalAdvice = "Run the command again; if it fails again, try `mvn -X` on the same artifact.";

/**
 * What Maven printed when it failed, as one line with what to do next: its colours, help links and repetitions left
 * out.
 */
export function mavenFailure(printed: string): string {
    // Maven prints ANSI colours even when its output is not a terminal
    const all = printed.replace(/\x1b\[[0-9;]*m/g, "").split("\n");
    const errors = all.filter((line) => /^\[(ERROR|FATAL)\]/.test(line));
    const lines = (errors.length > 0 ? errors : all).map((line) => line.replace(/^\[(ERROR|FATAL)\]\s*/, "").trim());
    const cause =
        lines.find((line) => /Failed to execute goal|Could not |Unresolveable|Non-resolvable/.test(line)) ??
        lines.filter(Boolean).at(-1) ??
        "no output";
    const reason = cause
        .replace(/^Failed to execute goal (\S+ (\([^)]*\) )?)?on project \S+: /, "")
        .replace(/\s*-> \[Help \d+\]/g, "")
        .replace(/\s+/g, " ");
    const fix = advice.find(([pattern]) => pattern.test(reason))?.[1] ?? generalAdvice;
    return `Maven failed: ${reason.replace(/\.?$/, ".")} ${fix}`;
}

/** The coordinates of what lies in a folder as Maven's repository lays it out, each with its file. */
export function inRepository(folder: string): [coordinates: string, file: string][] {
    const files = fs
        .readdirSync(folder, { recursive: true, encoding: "utf8" })
        .filter((file) => /\.jar$/.test(file))
        .sort();
    return files.map((file) => {
        const parts = file.split(path.sep);
        const [name, version, jar] = parts.slice(-3);
        const classifier = jar.slice(`${name}-${version}`.length, -".jar".length).replace(/^-/, "");
        return [
            [parts.slice(0, -3).join("."), name, version, ...(classifier ? ["jar", classifier] : [])].join(":"),
            path.join(folder, file),
        ];
    });
}
