/** The Docker command line: the first `docker` on PATH that can build. `DOCKER_HOST` selects the engine. */
import { execFile, spawn, spawnSync } from "child_process";
import * as fs from "fs";
import * as path from "path";
import { promisify } from "util";

/** Docker 23 and newer build with the buildx plugin, which some packages do not contain. */
function canBuild(command: string): boolean {
    const version = spawnSync(command, ["--version"], { encoding: "utf8" });
    const major = Number(/version (\d+)\./.exec(version.stdout ?? "")?.[1]);
    return version.status === 0 && (major < 23 || spawnSync(command, ["buildx", "version"]).status === 0);
}

/** Every docker command on PATH. */
const commands = (): string[] =>
    (process.env.PATH ?? "")
        .split(path.delimiter)
        .map((folder) => path.join(folder, "docker"))
        .filter((file) => fs.existsSync(file));

/** Why this machine cannot build an image; undefined if it can. */
export function whyNoBuild(): string | undefined {
    const command = commands().find(canBuild);
    if (!command) return commands().length === 0 ? "no docker on PATH" : "docker on PATH has no buildx plugin";
    const { status, stderr } = spawnSync(command, ["version", "--format", "{{.Server.Version}}"], { encoding: "utf8" });
    return status === 0 ? undefined : `cannot reach a Docker Engine: ${stderr.trim().split("\n").at(-1)}`;
}

const env = (): NodeJS.ProcessEnv => ({ ...process.env, DOCKER_BUILDKIT: "1" });

/** Runs docker and returns its output. */
export const docker = async (...args: string[]): Promise<string> =>
    (await promisify(execFile)(commands().find(canBuild)!, args, { env: env(), maxBuffer: 64 << 20 })).stdout.trim();

/** What is built. */
export interface Build {
    readonly context: string;
    readonly args: Readonly<Record<string, string>>;
    readonly platform: string;
    readonly tag: string;
}

/** Builds an image. The progress goes to stderr, so that stdout is left for the result. */
export function build({ context, args, platform, tag }: Build, ...options: string[]): Promise<void> {
    const named = Object.entries(args).flatMap(([name, value]) => ["--build-arg", `${name}=${value}`]);
    const child = spawn(
        commands().find(canBuild)!,
        ["build", "--progress", "plain", "--platform", platform, ...named, "--tag", tag, ...options, context],
        { env: env(), stdio: ["ignore", 2, "inherit"] },
    );
    return new Promise((resolve, reject) => {
        child.once("error", reject);
        child.once("exit", (code) =>
            code === 0
                ? resolve()
                : reject(new Error(`docker build failed with exit code ${code}; see the output above`)),
        );
    });
}

/** An image's id, its layers in order (digests of their content) and its size in bytes. */
export async function inspect(image: string): Promise<{ id: string; layers: string[]; bytes: number }> {
    const [{ Id: id, RootFS: root, Size: bytes }] = JSON.parse(await docker("image", "inspect", image)) as {
        Id: string;
        RootFS: { Layers: string[] };
        Size: number;
    }[];
    return { id, layers: root.Layers, bytes };
}

/** Copies paths of an image into a folder without running the image. */
export async function copyOut(image: string, paths: readonly string[], folder: string): Promise<void> {
    const container = await docker("create", image, "none");
    try {
        for (const item of paths) await docker("cp", `${container}:${item}`, folder);
    } finally {
        await docker("rm", container);
    }
}
