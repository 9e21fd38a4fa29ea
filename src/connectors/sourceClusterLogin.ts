/** How MirrorMaker's connectors connect to the source Kafka cluster: the options, and the properties of its clients. */
import { issue, missingSetting, type Issue } from "../schema/issues";
import { mskClusterArn, object, oneOf, string } from "../schema/primitives";
import { secretKey } from "./commonOptions";
import { mskIamProperties } from "./mskIam";
import { secretNameOf, secretReference, type ConnectorConfig, type ConnectContext } from "./template";

const storeFile = (passwordKey: string, content: string) =>
    object({
        path: string("an absolute path", /^\/\S+$/).describe("File on the worker. Mount it with connect.volumes"),
        type: oneOf(["PKCS12", "JKS", "PEM"]).default("PKCS12").describe("Type of the file"),
        passwordKey: secretKey(passwordKey, "its password. Not read for PEM"),
    })
        .optional()
        .describe(content);

/** The options of the login to the source cluster, besides `tls`. */
export const loginShape = {
    trustedCertificatesKey: string("a key of the secret")
        .optional()
        .describe("Key of the secret that contains the certificates to trust, as PEM. Excludes `truststore`"),
    truststore: storeFile(
        "TRUSTSTORE_PASSWORD",
        "File with the certificates to trust. Default: the JVM's truststore in the image",
    ),
    authentication: oneOf(["none", "scram-sha-512", "scram-sha-256", "plain", "tls", "aws-msk-iam"])
        .default("none")
        .describe(
            "Login: SASL with user and password; `tls`, a client certificate; or `aws-msk-iam`, the workers' IAM " +
                "role. `tls` and `aws-msk-iam` always use TLS",
        ),
    usernameKey: secretKey("USERNAME", "the user"),
    passwordKey: secretKey("PASSWORD", "the password"),
    certificateKey: secretKey("CERTIFICATE", "the client certificate with its chain, as PEM, for `tls`"),
    privateKeyKey: secretKey("PRIVATE_KEY", "its private key, as PEM in PKCS #8 form, for `tls`"),
    privateKeyPasswordKey: string("a key of the secret")
        .optional()
        .describe("Key of the secret that contains the password of the private key. Default: it is not encrypted"),
    keystore: storeFile(
        "KEYSTORE_PASSWORD",
        "File with the client certificate and its key, for `tls`. Default: certificateKey and privateKeyKey",
    ),
    clusterArn: mskClusterArn()
        .optional()
        .describe("ARN of the MSK cluster, which the workers' role may then read. Required with aws-msk-iam"),
};

interface StoreFile {
    path: string;
    type: "PKCS12" | "JKS" | "PEM";
    passwordKey: string;
}

/** `loginShape` as it is parsed, with what else decides about the login. */
export interface SourceLogin {
    instance: string;
    secret?: string;
    tls: boolean;
    trustedCertificatesKey?: string;
    truststore?: StoreFile;
    authentication: "none" | "scram-sha-512" | "scram-sha-256" | "plain" | "tls" | "aws-msk-iam";
    usernameKey: string;
    passwordKey: string;
    certificateKey: string;
    privateKeyKey: string;
    privateKeyPasswordKey?: string;
    keystore?: StoreFile;
    clusterArn?: string;
}

const usesTls = ({ tls, authentication }: SourceLogin): boolean =>
    tls || authentication === "tls" || authentication === "aws-msk-iam";

const usesSasl = ({ authentication }: SourceLogin): boolean => authentication !== "none" && authentication !== "tls";

/** The properties of a Kafka client that connects to the source cluster; empty for plaintext without a login. */
export function sourceSecurity(source: SourceLogin, context: ConnectContext): ConnectorConfig {
    if (!usesTls(source) && !usesSasl(source)) return {};
    const valueOf = (key: string) => secretReference(context, secretNameOf(source, context), key);
    return {
        "security.protocol": `${usesSasl(source) ? "SASL_" : ""}${usesTls(source) ? "SSL" : "PLAINTEXT"}`,
        ...saslLogin(source, valueOf),
        ...(usesTls(source) ? trust(source, valueOf) : {}),
        ...(source.authentication === "tls" ? clientCertificate(source, valueOf) : {}),
    };
}

type ValueOf = (key: string) => string;

function saslLogin(source: SourceLogin, valueOf: ValueOf): ConnectorConfig {
    if (!usesSasl(source)) return {};
    if (source.authentication === "aws-msk-iam") return { ...mskIamProperties };
    const module = source.authentication === "plain" ? "plain.PlainLoginModule" : "scram.ScramLoginModule";
    return {
        "sasl.mechanism": source.authentication.toUpperCase(),
        "sasl.jaas.config":
            `org.apache.kafka.common.security.${module} required ` +
            `username="${valueOf(source.usernameKey)}" password="${valueOf(source.passwordKey)}";`,
    };
}

const storeProperties = (
    prefix: string,
    { path, type, passwordKey }: StoreFile,
    valueOf: ValueOf,
): ConnectorConfig => ({
    [`${prefix}.type`]: type,
    [`${prefix}.location`]: path,
    // a PEM file has no password: the clients fail with one
    ...(type === "PEM" ? {} : { [`${prefix}.password`]: valueOf(passwordKey) }),
});

function trust({ truststore, trustedCertificatesKey }: SourceLogin, valueOf: ValueOf): ConnectorConfig {
    if (truststore) return storeProperties("ssl.truststore", truststore, valueOf);
    if (trustedCertificatesKey === undefined) return {};
    return { "ssl.truststore.type": "PEM", "ssl.truststore.certificates": valueOf(trustedCertificatesKey) };
}

function clientCertificate(source: SourceLogin, valueOf: ValueOf): ConnectorConfig {
    const { keystore, certificateKey, privateKeyKey, privateKeyPasswordKey } = source;
    const password: ConnectorConfig = privateKeyPasswordKey
        ? { "ssl.key.password": valueOf(privateKeyPasswordKey) }
        : {};
    if (keystore) return { ...storeProperties("ssl.keystore", keystore, valueOf), ...password };
    return {
        "ssl.keystore.type": "PEM",
        "ssl.keystore.certificate.chain": valueOf(certificateKey),
        "ssl.keystore.key": valueOf(privateKeyKey),
        ...password,
    };
}

/** Issues between the options of the login. */
export function loginIssues(source: SourceLogin): Issue[] {
    const { authentication, clusterArn, keystore, privateKeyPasswordKey, trustedCertificatesKey, truststore } = source;
    const unused = (option: string, reason: string): Issue =>
        issue("KCP_UNUSED_SETTING", ["source", option], `has no effect ${reason}`);
    const given = { trustedCertificatesKey, truststore };
    const trustOptions = Object.entries(given).filter(([, value]) => value !== undefined);
    return [
        ...(usesTls(source) ? [] : trustOptions.map(([option]) => unused(option, "without tls: true"))),
        ...(usesTls(source) && trustOptions.length > 1
            ? [issue("KCP_CONFLICTING_SETTINGS", ["source", "truststore"], "conflicts with trustedCertificatesKey")]
            : []),
        ...Object.entries({ keystore, privateKeyPasswordKey })
            .filter(([, value]) => value !== undefined && authentication !== "tls")
            .map(([option]) => unused(option, "without authentication: tls")),
        ...(clusterArn !== undefined && authentication !== "aws-msk-iam"
            ? [unused("clusterArn", "without authentication: aws-msk-iam")]
            : []),
        ...(clusterArn === undefined && authentication === "aws-msk-iam"
            ? [
                  missingSetting(
                      ["source", "clusterArn"],
                      "the ARN of the MSK cluster, which the workers' role may then read",
                  ),
              ]
            : []),
    ];
}
