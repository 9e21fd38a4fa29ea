/**
 * Prints what `pulumi preview --refresh --json` would change back, one line for each object, at most ten. Usage:
 * node preview.mjs FILE STACK STATUS, with the exit status of the preview. Prints names of fields and no values, which
 * can be secrets, and leaves out what the API server and controllers write: most of a difference is in managedFields.
 */
import { readFileSync } from "node:fs";

const limit = 10;
const [file, stack, status] = process.argv.slice(2);

/** Fields that nobody edits. */
const written = new RegExp(
    "^(status|__.*|id|metadata\\.(managedFields|resourceVersion|generation|uid|creationTimestamp|selfLink)" +
        "|metadata\\.annotations\\.(kubectl\\.kubernetes\\.io/last-applied-configuration|deployment\\.kubernetes\\.io/.*))" +
        "([.[]|$)",
);

/** At most four paths. */
const listed = (paths) =>
    paths.slice(0, 4).join(", ") + (paths.length > 4 ? ` and ${paths.length - 4} more fields` : "");

const verbs = { create: "creates it", update: "updates it", replace: "replaces it", delete: "deletes it" };

const { steps = [], diagnostics = [] } = JSON.parse(readFileSync(file, "utf8"));
const lines = steps
    .filter(({ op, urn }) => op in verbs && !urn.includes("::pulumi:"))
    .map(({ op, urn, replaceReasons, diffReasons, detailedDiff }) => {
        const [, , types, name] = urn.slice("urn:pulumi:".length).split("::");
        const kind = types.split("$").pop().split(":").pop();
        const reasons = replaceReasons?.length ? replaceReasons : diffReasons;
        const differing = reasons?.length ? reasons : Object.keys(detailedDiff ?? {});
        const edited = differing.filter((path) => !written.test(path));
        const fields = listed(edited);
        const isEdited = op !== "update" || edited.length > 0 || differing.length === 0;
        return { isEdited, text: `${kind} ${name}: \`pulumi up\` ${verbs[op]}${fields ? ` (${fields})` : ""}` };
    })
    // an update of fields that only the API server writes changes nothing
    .filter(({ isEdited }) => isEdited)
    .map(({ text }) => text)
    .sort();
const errors = diagnostics
    .filter(({ severity }) => severity === "error" || severity === "info#err")
    .map(({ message }) => message.replace(/\u001b\[\d*m/g, "").trim())
    .filter(Boolean)
    .map((message) => message.split("\n")[0]);
const failure = status === "0" ? [] : [`the preview failed: ${errors[0] ?? "see the run of the workflow"}`];
const all = [...failure, ...lines];
const shown = all.length > limit ? [...all.slice(0, limit - 1), `… and ${all.length - limit + 1} more objects`] : all;
if (shown.length > 0)
    console.log([`${stack}: objects in Kubernetes and AWS`, ...shown.map((line) => `- ${line}`)].join("\n"));
