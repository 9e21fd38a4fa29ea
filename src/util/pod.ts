/** What is the same in every pod that the program makes itself. */

/** The security context of a container of the `restricted` Pod Security Standard. */
export const restricted = {
    allowPrivilegeEscalation: false,
    runAsNonRoot: true,
    capabilities: { drop: ["ALL"] },
    seccompProfile: { type: "RuntimeDefault" },
};

/** Labels by which a Deployment finds its pods. */
export const selectorOf = (kind: string, name: string) => ({
    "app.kubernetes.io/name": kind,
    "app.kubernetes.io/instance": name,
});
