/** The Dockerfile of a manifest: a pure function, whose result is committed; a test compares it with the manifest. */
import { downloadsOf, labelArgument, truststorePath, truststorePemPath, type Manifest, type Plugin } from "./manifest";

/** The JVM's certificates on Strimzi's images, which are made of Red Hat's UBI. */
const jvmCertificates = "/etc/pki/java/cacerts";

const quoted = (className: string): string => (className.includes("$") ? `'${className}'` : className);

const folderOf = ({ name, into }: Plugin): string =>
    into === "libs" ? "/layer/opt/kafka/libs" : `/layer/opt/kafka/plugins/${name}`;

/** Indexes the classes of a plugin, with the worker's libraries from the base image. */
const indexCommand =
    "RUN --mount=type=bind,from=base,source=/opt/kafka/libs,target=/opt/kafka/libs " +
    "index.sh /layer/opt/kafka/plugins /opt/kafka/libs";

/** The build stage that fetches a plugin and makes a layer of it. */
function stage(plugin: Plugin): string {
    const folder = folderOf(plugin);
    const downloads = plugin.artifacts
        .flatMap(downloadsOf)
        .map(({ kind, what, sha512 }) => `    ${kind} ${what} ${sha512}`);
    const isPlugin = plugin.into === "plugins" && plugin.classes.length > 0;
    const present = [...(isPlugin ? [] : plugin.classes), ...(plugin.needs ?? [])];
    return [
        `FROM fetch AS plugin-${plugin.name}`,
        ...plugin.artifacts
            .filter((artifact) => artifact.folder)
            .map((artifact) => `COPY ${artifact.folder} ${folder}`),
        ...(downloads.length > 0 ? [`RUN fetch.sh ${folder} \\\n${downloads.join(" \\\n")}`] : []),
        ...(isPlugin ? [`${indexCommand} ${plugin.classes.map(quoted).join(" ")}`] : []),
        `RUN ${["finish.sh /layer", ...present.map(quoted)].join(" ")}`,
    ].join("\n");
}

function truststoreStage({ url, file, sha512 }: NonNullable<Manifest["truststore"]>): string {
    const get = url
        ? `RUN fetch.sh /certificates url ${url} ${sha512}`
        : `COPY ${file} /bundle/\nRUN unpack.sh /bundle/* ${sha512} /certificates`;
    const folders = `/jvm/cacerts /certificates /layer${truststorePath} /layer${truststorePemPath}`;
    return `
# the certificates of the workers' own JVM, and those of the bundle
FROM fetch AS truststore
${get}
COPY --from=base ${jvmCertificates} /jvm/cacerts
RUN java /usr/local/bin/Truststore.java ${folders} && finish.sh /layer
`;
}

/** The label that names a plugin's version. */
const label = (name: string): string =>
    `ARG ${labelArgument(name)}\nLABEL kafka-connect-platform.${name}="$${labelArgument(name)}"`;

/** The text of the Dockerfile. One layer a plugin, so that a new version of one sends one layer. */
export function dockerfile({ plugins, truststore }: Manifest): string {
    const layers = [...plugins.map(({ name }) => `plugin-${name}`), ...(truststore ? ["truststore"] : [])];
    const labels = [...plugins.map(({ name }) => name), ...(truststore ? ["truststore"] : [])];
    return `# Generated from plugins.json by \`npm run plugins -- generate\`; edit that.
ARG BASE_IMAGE
ARG MAVEN_IMAGE

# nothing is run in it: it may be of another architecture than this machine
FROM \${BASE_IMAGE} AS base

FROM --platform=$BUILDPLATFORM \${MAVEN_IMAGE} AS fetch
# mirrors: of Maven repositories, of Confluent Hub's archives, and of other addresses as MIRROR/host/path
ARG MAVEN_MIRROR
ARG CONFLUENT_HUB=https://hub-downloads.confluent.io/api/plugins
ARG DOWNLOAD_MIRROR
COPY --chmod=755 fetch.sh unpack.sh index.sh finish.sh ZipEntries.java Truststore.java /usr/local/bin/
RUN fetch.sh --prepare

${plugins.map(stage).join("\n\n")}
${truststore ? truststoreStage(truststore) : ""}
FROM \${BASE_IMAGE}
USER root:root
${layers.map((name) => `COPY --from=${name} /layer/ /`).join("\n")}
USER 1001
# what the image is made of: the words of the preview
${labels.map(label).join("\n")}
`;
}
