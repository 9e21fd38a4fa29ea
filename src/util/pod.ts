/** What the pods that the program creates itself have in common. */

/** The security context of a container of the `restricted` Pod Security Standard. */
export const restricted = {
    allowPrivilegeEscalation: false,
    runAsNonRoot: true,
    capabilities: { drop: ["ALL"] },
    seccompProfile: { type: "RuntimeDefault" },
};

/** Labels that select the pods of a Deployment. */
export const selectorOf = (kind: string, name: string) => ({
    "app.kubernetes.io/name": kind,
    "app.kubernetes.io/instance": name,
});
