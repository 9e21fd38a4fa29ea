/** How a Connect cluster reaches Kafka and its secrets: arguments that several components share. */
import type * as pulumi from "@pulumi/pulumi";
import type { KafkaAuthenticationType, SecretPlugin, SecretProviderType } from "./values";

/** A certificate in a Secret. */
export interface TrustedCertificateArgs {
    /** Name of the Secret, in the namespace of the Connect cluster. */
    secretName: string;
    /**
     * Key of the Secret that contains the certificate in PEM format. With `pattern`, the one that connectors' own
     * clients trust.
     * @default "ca.crt"
     */
    certificate?: string;
    /**
     * Pattern of keys such as *.crt: the workers trust every certificate of the Secret whose key matches.
     * @default none
     */
    pattern?: string;
}

/** Labels and annotations of a Strimzi resource. */
export interface ResourceMetadataArgs {
    /**
     * Labels.
     * @default none
     */
    labels?: { [name: string]: pulumi.Input<string> };
    /**
     * Annotations.
     * @default none
     */
    annotations?: { [name: string]: pulumi.Input<string> };
}

/** TLS to Kafka. */
export interface KafkaTlsArgs {
    /**
     * Certificates to trust.
     * @default those of the JVM, which include the authorities of Amazon MSK and Confluent Cloud
     */
    trustedCertificates?: TrustedCertificateArgs[];
}

/** How the workers authenticate to Kafka. */
export interface KafkaAuthenticationArgs {
    /**
     * Kind of authentication.
     * @default "none"
     */
    type?: KafkaAuthenticationType;
    /**
     * User name, for `scram-sha-512` and `plain`.
     * @default none
     */
    username?: pulumi.Input<string>;
    /**
     * Secret, in the namespace of the Connect cluster, with the password or with the client certificate and its key.
     * @default none
     */
    secretName?: string;
    /**
     * Key of the Secret that contains the password.
     * @default "password"
     */
    passwordKey?: string;
    /**
     * Key of the Secret that contains the client certificate.
     * @default "user.crt"
     */
    certificateKey?: string;
    /**
     * Key of the Secret that contains the key of the client certificate.
     * @default "user.key"
     */
    privateKeyKey?: string;
}

/** The config provider that resolves the references `${NAME:SECRET:KEY}` in connectors. */
export interface SecretProviderArgs {
    /**
     * Where secrets are stored.
     * @default "aws-secrets-manager"
     */
    provider?: SecretProviderType;
    /**
     * Plugin of the image that reads AWS Secrets Manager. Only for `aws-secrets-manager`.
     * @default "csid"
     */
    plugin?: SecretPlugin;
    /**
     * Name of the provider in references.
     * @default "secretManager"
     */
    name?: string;
    /**
     * AWS region of the secrets. Required for `aws-secrets-manager`; without a region the worker does not start.
     * @default none
     */
    region?: string;
    /**
     * Prefix of the secrets' names, which the plugin `csid` adds to each reference.
     * @default none
     */
    prefix?: string;
    /**
     * Further config providers, for references in connectors.
     * @default none
     */
    further?: FurtherSecretProviderArgs[];
}

/** A config provider besides the one that templates refer to: a kind, or any class. */
export interface FurtherSecretProviderArgs {
    /** Name of the provider in references. */
    name: string;
    /**
     * Where the values are: `kubernetes`, `file`, `directory` or `env`. Excludes `class`.
     * @default none
     */
    provider?: string;
    /**
     * Class of the provider. Excludes `provider`.
     * @default none
     */
    class?: string;
    /**
     * Parameters of the provider.
     * @default none
     */
    params?: Record<string, string>;
}
