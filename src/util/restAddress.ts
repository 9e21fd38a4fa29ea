/** Addresses of HTTP APIs, which can contain a login. */

/** An address and how to send requests to it. */
export interface RestAddress {
    /** Without the login and without a slash at the end: this is what messages show. */
    readonly url: string;
    /** The login as a header. `fetch` rejects an address that contains one. */
    readonly headers: Readonly<Record<string, string>>;
}

/** Separates an address from its login, which is never printed. What is no address stays as it is. */
export function restAddress(given: string): RestAddress {
    if (!URL.canParse(given)) return { url: given, headers: {} };
    const url = new URL(given);
    const login = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
    const headers = url.username ? { authorization: `Basic ${Buffer.from(login).toString("base64")}` } : {};
    url.username = "";
    url.password = "";
    return { url: url.href.replace(/\/+$/, ""), headers: headers as Record<string, string> };
}

/** Why a request was not answered: the system's code, such as ECONNREFUSED. */
export function noAnswerReason(error: unknown): string {
    const { cause, name, message } = error as Error & { cause?: { code?: string; message?: string } };
    return cause?.code ?? cause?.message ?? (name === "TimeoutError" ? "no answer in time" : message);
}
