/**
 * `kubectl` for pods whose processes run on this machine: it shows their logs and runs commands beside them, which
 * takes a kubelet. Everything else is the real `kubectl`'s.
 */
import * as fs from "node:fs";
import * as path from "node:path";

/** Where the pods are. */
export interface LocalKubelet {
    /** Folder with `POD.log`, and of a container that was restarted `POD.previous.log` and `POD.pid`. */
    readonly pods: string;
    /** Folder with Kafka's command-line tools in `bin`, the working folder in Strimzi's image. */
    readonly home: string;
    /** The cluster that has the pods, where there is one. */
    readonly kubeconfig?: string;
}

/**
 * Writes the command into a folder. `logs` prints the end of the log of a pod, or of all with `-l`; `exec` runs a
 * command in the place of the pod; `top` shows the memory of the processes.
 */
export function localKubectl(bin: string, { pods, home, kubeconfig }: LocalKubelet): void {
    const real = kubeconfig
        ? `PATH=\${PATH#*:} exec kubectl --kubeconfig '${kubeconfig}' "\${all[@]}"`
        : `echo "kubectl $1 needs a cluster" >&2; exit 1`;
    const script = `#!/bin/bash
all=("$@")
[ "$1" = -n ] && shift 2
case $1 in
logs)
    suffix=log lines=+1 pod=
    shift
    while [ $# -gt 0 ]; do
        case $1 in
        -l) pod="\${2#*=}-*"; shift ;;
        --previous) suffix=previous.log ;;
        --tail=*) lines=\${1#--tail=} ;;
        *) pod=$1 ;;
        esac
        shift
    done
    for log in '${pods}'/$pod.$suffix; do
        [[ $log = *.previous.log && $suffix = log ]] || tail -n "$lines" "$log" || exit 1
    done ;;
exec)
    pod=$2
    while [ "$1" != -- ]; do shift; done
    shift
    [ ! -f '${pods}'/$pod.pid ] || kill -0 "$(< '${pods}'/$pod.pid)" || exit 1
    cd '${home}' && exec "$@" ;;
top)
    echo 'POD   NAME   CPU(cores)   MEMORY(bytes)'
    for file in '${pods}'/*.pid; do
        memory=$(awk '/VmRSS/ { print int($2 / 1024) "Mi" }' "/proc/$(< "$file")/status")
        echo "$(basename "$file" .pid)   container   -   $memory"
    done ;;
*)
    ${real} ;;
esac
`;
    fs.writeFileSync(path.join(bin, "kubectl"), script, { mode: 0o755 });
}
