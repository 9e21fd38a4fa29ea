/** What the scripts have in common: GitHub's REST API, with the variables that the workflows set. */
const { GITHUB_API_URL, GITHUB_REPOSITORY, GH_TOKEN } = process.env;

/** Characters of a text; GitHub accepts 65536. */
export const limit = 65_000;
const pageSize = 100;

/** Sends a request about this repository. */
export async function request(method, path, body) {
    const response = await fetch(`${GITHUB_API_URL}/repos/${GITHUB_REPOSITORY}${path}`, {
        method,
        headers: { authorization: `Bearer ${GH_TOKEN}`, accept: "application/vnd.github+json" },
        body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${method} ${path}: HTTP ${response.status} ${await response.text()}`);
    return response.json();
}

/** The item of a list that an earlier run wrote. One of a person with the same marker is not taken for it. */
export async function findMarked(path, marker) {
    for (let page = 1; ; page++) {
        const items = await request("GET", `${path}${path.includes("?") ? "&" : "?"}per_page=${pageSize}&page=${page}`);
        const found = items.find(({ user, body }) => user.type === "Bot" && (body ?? "").startsWith(marker));
        if (found || items.length < pageSize) return found;
    }
}
