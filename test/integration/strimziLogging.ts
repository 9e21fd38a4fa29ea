/** The logging of a KafkaConnect as Strimzi's operator generates it: its inline loggers over a console appender. */
import { jsonLayoutJars } from "../../src/local/kafkaRuntime";
import { usesLog4j2 } from "../../src/strimzi/connectLogging";
import type { KubernetesObject } from "../../src/synth/synth";
import { propertiesText } from "../../src/util/properties";

/** What the names and values of Strimzi's own file are, over which it merges the loggers. */
const strimziFile = {
    log4j1: {
        "log4j.appender.CONSOLE": "org.apache.log4j.ConsoleAppender",
        "log4j.appender.CONSOLE.layout": "org.apache.log4j.PatternLayout",
        "log4j.appender.CONSOLE.layout.ConversionPattern": "%d %p %X{connector.context}%m (%c) [%t]%n",
        "log4j.rootLogger": "INFO, CONSOLE",
    },
    log4j2: {
        name: "KafkaConnectConfig",
        "appender.console.type": "Console",
        "appender.console.name": "STDOUT",
        "appender.console.layout.type": "PatternLayout",
        "appender.console.layout.pattern": "%d %p [%t] %c - %m%n",
        "rootLogger.level": "INFO",
        "rootLogger.appenderRefs": "console",
        "rootLogger.appenderRef.console.ref": "STDOUT",
        "rootLogger.additivity": "false",
        monitorInterval: "30",
    },
};

/** The log configuration, system properties and jars of a worker; undefined where its KafkaConnect has no logging. */
export async function strimziLogging({ spec }: KubernetesObject) {
    if (spec.logging?.type !== "inline") return undefined;
    const own = strimziFile[usesLog4j2(spec.version as string) ? "log4j2" : "log4j1"];
    const properties = (spec.jvmOptions?.javaSystemProperties ?? []) as { name: string; value: string }[];
    return {
        configuration: propertiesText({ ...own, ...(spec.logging.loggers as Record<string, string>) }),
        properties: Object.fromEntries(properties.map(({ name, value }) => [name, value])),
        jars: await jsonLayoutJars(spec.version as string),
    };
}
