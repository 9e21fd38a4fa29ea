/** SASL properties of MSK's IAM authentication (aws-msk-iam-auth's README). */
export const mskIamProperties: Readonly<Record<string, string>> = {
    "sasl.mechanism": "AWS_MSK_IAM",
    "sasl.jaas.config": "software.amazon.msk.auth.iam.IAMLoginModule required;",
    "sasl.client.callback.handler.class": "software.amazon.msk.auth.iam.IAMClientCallbackHandler",
};
