/** Kafka's command-line tools, as in Strimzi's image. */
import * as fs from "node:fs";
import * as path from "node:path";
import { javaCommand } from "../../src/local/tools";

const tools = {
    "kafka-console-producer.sh": "org.apache.kafka.tools.ConsoleProducer",
    "kafka-console-consumer.sh": "org.apache.kafka.tools.consumer.ConsoleConsumer",
    "kafka-topics.sh": "org.apache.kafka.tools.TopicCommand",
    "kafka-consumer-groups.sh": "org.apache.kafka.tools.consumer.group.ConsumerGroupCommand",
};

/** Writes them into `bin` of a folder, as scripts that run the jars of `runtime`. Returns the folder. */
export function kafkaTools(home: string, runtime: string): string {
    fs.mkdirSync(path.join(home, "bin"), { recursive: true });
    for (const [script, main] of Object.entries(tools))
        fs.writeFileSync(
            path.join(home, "bin", script),
            `#!/bin/sh\nexec ${javaCommand()} -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '${runtime}/*' ${main} "$@"\n`,
            { mode: 0o755 },
        );
    return home;
}
