/** The Dockerfile of a manifest: a pure function, whose result is committed and held against the manifest by a test. */
import { truststorePath, type Artifact, type Manifest, type Plugin } from "./manifest";

function fetchLine(artifact: Artifact, plugin: Plugin): string {
    const target = `/fetched/${plugin.name}`;
    if (artifact.folder) return `COPY ${artifact.folder} ${target}`;
    const [kind, what] = artifact.maven ? ["maven", artifact.maven] : artifact.confluentHub ? ["confluent-hub", artifact.confluentHub] : ["url", artifact.url];
    return `RUN fetch ${kind} ${what} ${artifact.sha512} ${target}`;
}

const copyLine = ({ name, into }: Plugin): string => (into === "libs" ? `COPY --from=fetch /fetched/${name}/ /opt/kafka/libs/` : `COPY --from=fetch /fetched/${name} /opt/kafka/plugins/${name}`);

/** The text of the Dockerfile. One layer a plugin, so that a new version of one sends one layer. */
export function dockerfile({ plugins, truststore }: Manifest): string {
    return `# Generated from plugins.json by \`npm run plugins -- generate\`; edit that.
ARG BASE_IMAGE
ARG MAVEN_IMAGE

# fetches each plugin, checks its SHA-512 and only then unpacks it
FROM \${MAVEN_IMAGE} AS fetch
# where Confluent Hub's archives are; a mirror goes here
ARG CONFLUENT_HUB=https://hub-downloads.confluent.io/api/plugins
COPY --chmod=755 fetch.sh /usr/local/bin/fetch
${plugins.flatMap((plugin) => plugin.artifacts.map((artifact) => fetchLine(artifact, plugin))).join("\n")}
${
    truststore
        ? `
# the JVM's certificates and those of Amazon RDS and DocumentDB
FROM \${MAVEN_IMAGE} AS truststore
COPY --chmod=755 fetch.sh /usr/local/bin/fetch
COPY --chmod=755 truststore.sh /usr/local/bin/truststore
RUN fetch url ${truststore.url} ${truststore.sha512} /certificates
RUN truststore /certificates /truststore/custom-truststore.jks
`
        : ""
}
FROM \${BASE_IMAGE}
USER root:root
${plugins.map(copyLine).join("\n")}
${truststore ? `COPY --from=truststore /truststore/custom-truststore.jks ${truststorePath}\n` : ""}USER 1001
`;
}
