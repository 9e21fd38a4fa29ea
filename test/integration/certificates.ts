/**
 * Certificates like those of a Strimzi cluster: an authority, one for the broker and one for each user. Made with
 * openssl.
 */
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

const openssl = (folder: string, ...args: string[]): void =>
    void execFileSync("openssl", args, { cwd: folder, stdio: "pipe" });

/** A folder of certificates with its own certificate authority. */
export class Authority {
    readonly certificate: string;

    constructor(readonly folder: string) {
        fs.mkdirSync(folder, { recursive: true });
        openssl(
            folder,
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-keyout",
            "ca.key",
            "-out",
            "ca.crt",
            "-days",
            "2",
            "-subj",
            "/CN=cluster-ca",
        );
        this.certificate = path.join(folder, "ca.crt");
    }

    /**
     * Creates a key and a certificate for a common name, valid on loopback: `NAME/user.key` and `NAME/user.crt`, as in
     * a KafkaUser's Secret.
     */
    issue(name: string): { folder: string; key: string; certificate: string } {
        const folder = path.join(this.folder, name);
        fs.mkdirSync(folder, { recursive: true });
        fs.writeFileSync(path.join(folder, "extensions"), "subjectAltName=IP:127.0.0.1,DNS:localhost\n");
        openssl(
            folder,
            "req",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-keyout",
            "user.key",
            "-out",
            "request",
            "-subj",
            `/CN=${name}`,
        );
        openssl(
            folder,
            "x509",
            "-req",
            "-in",
            "request",
            "-CA",
            this.certificate,
            "-CAkey",
            path.join(this.folder, "ca.key"),
            "-CAcreateserial",
            "-out",
            "user.crt",
            "-days",
            "2",
            "-extfile",
            "extensions",
        );
        for (const file of ["extensions", "request"]) fs.rmSync(path.join(folder, file));
        return { folder, key: path.join(folder, "user.key"), certificate: path.join(folder, "user.crt") };
    }
}
