/** A client of the real yaml-language-server, which editors run, by the Language Server Protocol on stdio. */
import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import * as path from "node:path";
import { pathToFileURL } from "node:url";
import { projectFolder } from "../../src/util/project";

interface Message {
    id?: number;
    method?: string;
    params?: unknown;
    result?: unknown;
}

export interface Diagnostic {
    readonly message: string;
    readonly range: { readonly start: { readonly line: number } };
}

const uriOf = (file: string): string => pathToFileURL(path.join(projectFolder, file)).href;

export class YamlLanguageServer {
    private readonly process: ChildProcessWithoutNullStreams;
    private readonly pending = new Map<number, (result: unknown) => void>();
    private readonly waiting = new Map<string, (diagnostics: Diagnostic[]) => void>();
    private buffer = Buffer.alloc(0);
    private nextId = 1;

    constructor() {
        const server = path.join(projectFolder, "node_modules", "yaml-language-server", "bin", "yaml-language-server");
        this.process = spawn(process.execPath, [server, "--stdio"]);
        this.process.stdout.on("data", (chunk: Buffer) => this.receive(chunk));
    }

    /** The handshake. Schemas from the network are switched off: only the schema that a file names counts. */
    async start(): Promise<void> {
        await this.request("initialize", {
            processId: process.pid,
            rootUri: pathToFileURL(projectFolder).href,
            capabilities: {
                textDocument: { completion: { completionItem: { snippetSupport: false } }, hover: {} },
                workspace: { configuration: true },
            },
        });
        this.send({ method: "initialized", params: {} });
    }

    /** Opens a file with some text and returns what the editor would underline. */
    async open(file: string, text: string): Promise<Diagnostic[]> {
        const uri = uriOf(file);
        const published = new Promise<Diagnostic[]>((resolve) => this.waiting.set(uri, resolve));
        const textDocument = { uri, languageId: "yaml", version: 1, text };
        this.send({ method: "textDocument/didOpen", params: { textDocument } });
        return published;
    }

    /** The labels that completion offers at a place (from zero). */
    async complete(file: string, line: number, character: number): Promise<string[]> {
        const result = await this.request("textDocument/completion", this.place(file, line, character));
        return (result as { items: { label: string }[] }).items.map(({ label }) => label);
    }

    /** The text of the hover at a place (from zero). */
    async hover(file: string, line: number, character: number): Promise<string> {
        const result = await this.request("textDocument/hover", this.place(file, line, character));
        return (result as { contents: { value: string } } | null)?.contents.value ?? "";
    }

    stop(): void {
        this.process.kill();
    }

    private place(file: string, line: number, character: number) {
        return { textDocument: { uri: uriOf(file) }, position: { line, character } };
    }

    private request(method: string, params: unknown): Promise<unknown> {
        const id = this.nextId++;
        this.send({ id, method, params });
        return new Promise((resolve) => this.pending.set(id, resolve));
    }

    private send(message: Message): void {
        const body = JSON.stringify({ jsonrpc: "2.0", ...message });
        this.process.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    }

    private receive(chunk: Buffer): void {
        this.buffer = Buffer.concat([this.buffer, chunk]);
        for (;;) {
            const headerEnd = this.buffer.indexOf("\r\n\r\n");
            if (headerEnd < 0) return;
            const length = Number(/Content-Length: (\d+)/.exec(this.buffer.toString("latin1", 0, headerEnd))![1]);
            const bodyEnd = headerEnd + 4 + length;
            if (this.buffer.length < bodyEnd) return;
            const message = JSON.parse(this.buffer.toString("utf8", headerEnd + 4, bodyEnd)) as Message;
            this.buffer = this.buffer.subarray(bodyEnd);
            this.handle(message);
        }
    }

    private handle({ id, method, params, result }: Message): void {
        if (method === undefined) {
            this.pending.get(id!)?.(result);
            this.pending.delete(id!);
        } else if (method === "workspace/configuration") {
            // in the order of the client's settings: yaml, http, editor, files, …
            const settings = { validate: true, hover: true, completion: true, schemaStore: { enable: false } };
            const { items } = params as { items: { section: string }[] };
            this.send({ id, result: items.map(({ section }) => (section === "yaml" ? settings : {})) } as Message);
        } else if (method === "textDocument/publishDiagnostics") {
            const { uri, diagnostics } = params as { uri: string; diagnostics: Diagnostic[] };
            this.waiting.get(uri)?.(diagnostics);
        } else if (id !== undefined) {
            this.send({ id, result: null } as Message);
        }
    }
}
