/** `kubectl` for the pods of a Connect cluster whose only worker runs on this machine. */
import * as fs from "node:fs";
import * as path from "node:path";

/** Where the worker is. */
export interface LocalWorker {
    /** Its log. */
    readonly log: string;
    /** Folder with Kafka's command-line tools in `bin`, the working folder in Strimzi's image. */
    readonly home: string;
}

/** Writes the command into a folder. `logs` prints the end of the worker's log, `exec` runs a command in its place. */
export function localKubectl(bin: string, { log, home }: LocalWorker): void {
    const script = `#!/bin/bash
[ "$1" = -n ] && shift 2
case $1 in
logs)
    for arg in "$@"; do [[ $arg = --tail=* ]] && lines=\${arg#--tail=}; done
    tail -n "$lines" '${log}' ;;
exec)
    while [ "$1" != -- ]; do shift; done
    shift
    cd '${home}' && exec "$@" ;;
*)
    echo "kubectl $1 needs a cluster" >&2
    exit 1 ;;
esac
`;
    fs.writeFileSync(path.join(bin, "kubectl"), script, { mode: 0o755 });
}
