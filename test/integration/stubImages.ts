/**
 * Images that stand in for Strimzi's and Maven's where no registry serves those: a minimal Debian with a JDK and
 * Maven, and upon it the shape of Strimzi's image: user 1001, Kafka's jars in /opt/kafka/libs, the JVM's certificates
 * where UBI has them.
 */
import { execFileSync, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { docker } from "../../src/image/docker";
import { kafkaRuntime } from "../../src/local/kafkaRuntime";

export const mavenImage = "stand-in/maven:1";
export const baseImage = "stand-in/kafka:1";
/** Of the same files what the build reads, as an image of another architecture: nothing in it can be run here. */
export const foreignBaseImage = "stand-in/kafka-arm64:1";

/** Why they cannot be made here; undefined when they can. */
export function whyNoStandIns(): string | undefined {
    if (process.getuid?.() !== 0) return "debootstrap wants root";
    return ["debootstrap", "java", "mvn"]
        .map((command) => (spawnSync("which", [command]).status === 0 ? undefined : `no ${command} on PATH`))
        .find(Boolean);
}

const build = (folder: string, dockerfile: string, tag: string, ...options: string[]): Promise<string> => {
    fs.writeFileSync(path.join(folder, "Dockerfile"), dockerfile);
    return docker("build", "--quiet", "--tag", tag, ...options, folder);
};

/** The authorities this machine trusts: a registry may be behind a proxy with a different one. */
function copyCertificates(folder: string): void {
    const java = fs.realpathSync(execFileSync("which", ["java"], { encoding: "utf8" }).trim());
    fs.copyFileSync(
        path.join(path.dirname(path.dirname(java)), "lib", "security", "cacerts"),
        path.join(folder, "cacerts"),
    );
    fs.copyFileSync("/etc/ssl/certs/ca-certificates.crt", path.join(folder, "ca-certificates.crt"));
}

/** Makes the images, unless the engine has them. */
export async function makeStandIns(kafkaVersion: string): Promise<void> {
    const present = await docker("images", "--format", "{{.Repository}}:{{.Tag}}", "stand-in/*");
    if (present.includes(foreignBaseImage) && present.includes(mavenImage)) return;
    const work = fs.mkdtempSync(path.join(os.tmpdir(), "stand-ins-"));
    try {
        const debian = path.join(work, "debian");
        execFileSync("debootstrap", ["--variant=minbase", "bookworm", debian], { stdio: "ignore" });
        execFileSync("tar", ["-C", debian, "-cf", path.join(work, "debian.tar"), "."]);
        await docker("import", path.join(work, "debian.tar"), "stand-in/debian:1");

        const maven = path.join(work, "maven");
        fs.mkdirSync(maven);
        copyCertificates(maven);
        await build(
            maven,
            `FROM stand-in/debian:1
RUN apt-get update && apt-get install -y --no-install-recommends maven openjdk-17-jdk-headless curl ca-certificates \\
    && rm -rf /var/lib/apt/lists/*
COPY cacerts /etc/ssl/certs/java/cacerts
COPY ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
`,
            mavenImage,
        );

        const kafka = path.join(work, "kafka");
        fs.cpSync(await kafkaRuntime(kafkaVersion), path.join(kafka, "libs"), { recursive: true });
        await build(
            kafka,
            `FROM ${mavenImage}
RUN useradd --system --create-home --uid 1001 --gid 0 kafka \\
    && mkdir -p /opt/kafka/plugins /etc/pki/java /etc/pki/ca-trust/extracted/java \\
    && cp /etc/ssl/certs/java/cacerts /etc/pki/ca-trust/extracted/java/cacerts \\
    && ln -s /etc/pki/ca-trust/extracted/java/cacerts /etc/pki/java/cacerts
COPY libs /opt/kafka/libs
WORKDIR /opt/kafka
USER 1001
`,
            baseImage,
        );
        copyCertificates(kafka);
        await build(
            kafka,
            "FROM scratch\nCOPY libs /opt/kafka/libs\nCOPY cacerts /etc/pki/java/cacerts\nUSER 1001\n",
            foreignBaseImage,
            "--platform",
            "linux/arm64",
        );
    } finally {
        fs.rmSync(work, { recursive: true, force: true });
    }
}
