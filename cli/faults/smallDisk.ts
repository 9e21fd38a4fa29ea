/** A disk that can be filled: a file system in memory, which root can mount. */
import * as fs from "fs";
import * as path from "path";
import { isRoot } from "../../src/local/database";
import { runToEnd } from "../../src/util/exec";

/** Bytes that are written at once. */
const chunk = Buffer.alloc(1 << 20);

/** A mounted disk. */
export class SmallDisk {
    private readonly ballast: string;

    private constructor(private readonly folder: string) {
        this.ballast = path.join(folder, "ballast");
    }

    /** Mounts one; undefined where this user may not. */
    static async mount(folder: string, megabytes: number): Promise<SmallDisk | undefined> {
        if (!isRoot() || process.platform !== "linux") return undefined;
        fs.mkdirSync(folder, { recursive: true });
        try {
            await runToEnd("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m,mode=0700`, "tmpfs", folder], folder);
        } catch {
            return undefined;
        }
        return new SmallDisk(folder);
    }

    /** Leaves no byte free. */
    fill(): void {
        const { bavail, bsize } = fs.statfsSync(this.folder);
        const descriptor = fs.openSync(this.ballast, "w");
        try {
            for (let left = bavail * bsize; left > 0; left -= chunk.length)
                fs.writeSync(descriptor, chunk, 0, Math.min(chunk.length, left));
        } catch (error) {
            if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
        } finally {
            fs.closeSync(descriptor);
        }
    }

    /** Removes what `fill` wrote. */
    release(): void {
        fs.rmSync(this.ballast, { force: true });
    }

    /** Unmounts it, with all that is in it. */
    async unmount(): Promise<void> {
        await runToEnd("umount", ["--lazy", this.folder], path.dirname(this.folder));
    }
}
