/** Whether the time of a preview grows in proportion to the connectors, and the memory that it takes. */
import { missingPart, withFolder, type EngineBenchOptions } from "./engineBench";
import { benchStack, platformProgram } from "./enginePrograms";
import { recordFigures } from "./figures";

const megabytes = (value: number | undefined): string => (value ? `${value.toFixed(0)} MB` : "unknown");

/** Prints both. */
export async function sizeBench(few: number, many: number, { kubeconfig, record }: EngineBenchOptions): Promise<void> {
    const missing = missingPart(kubeconfig);
    if (missing) return console.log(missing);
    const measure = (connectors: number) =>
        withFolder(async (folder) => {
            const program = await platformProgram(folder, benchStack(connectors, kubeconfig!, false));
            const measured = await program.measure(["preview"]);
            const memory = [measured.programMegabytes, measured.engineMegabytes].map(megabytes);
            console.log(
                `preview of ${connectors} connectors: ${measured.seconds.toFixed(0)} s, ` +
                    `program ${memory[0]}, engine ${memory[1]}`,
            );
            return measured;
        });
    const [small, large] = [await measure(few), await measure(many)];
    const growth = large.seconds / (small.seconds * (many / few));
    console.log(`time per connector ÷ that of ${few} connectors: ${growth.toFixed(2)}`);
    if (record)
        recordFigures({
            growth: { values: [growth] },
            ...(large.programMegabytes && { programMemory: { values: [large.programMegabytes] } }),
            ...(large.engineMegabytes && { engineMemory: { values: [large.engineMegabytes] } }),
        });
}
