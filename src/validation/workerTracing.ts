/** Tracing of the workers: Strimzi enables it in `spec.tracing`, and OpenTelemetry reads the rest from variables. */
import { invalidValue, issue, type Issue } from "../schema/issues";
import type { ParsedSections } from "../schema/sections";
import { valueAt } from "../util/data";

const tracingPath = ["connect", "spec", "tracing"];

/** Variables with which traces go elsewhere, or nowhere on purpose. */
const ownEndpoint = ["OTEL_TRACES_EXPORTER", "OTEL_SDK_DISABLED", "OTEL_CONFIG_FILE"];

const endpointVariable = /^OTEL_EXPORTER_OTLP(_TRACES)?_ENDPOINT$/;

/** Variables of OpenTelemetry by themselves. */
const endpointWarnings = ({ connect }: ParsedSections): Issue[] =>
    (connect?.env ?? []).flatMap(({ name, value }, index) =>
        endpointVariable.test(name) && value && !/^(https?:\/\/|\$\()/.test(value)
            ? [
                  invalidValue(["connect", "env", index, "value"], value, "a URL with http:// or https://", {
                      reason: "without a scheme the exporter of OpenTelemetry does not start",
                  }),
              ]
            : [],
    );

/** Tracing that is enabled without a place to send traces to, or configured and not enabled. */
export function tracingWarnings(sections: ParsedSections): Issue[] {
    const { connect } = sections;
    if (!connect) return [];
    const tracing = valueAt(connect.spec, ["tracing"]);
    const type = valueAt(tracing, ["type"]);
    const endpoint = connect.env.findIndex(({ name }) => endpointVariable.test(name));
    const hasEndpoint = endpoint >= 0 || connect.env.some(({ name }) => ownEndpoint.includes(name));
    // an agent of the image or a list of variables in the template can do the same
    const hasAgent =
        connect.env.some(({ name }) => /^JAVA_TOOL_OPTIONS$|_OPTS$/.test(name)) ||
        Object.keys(connect.jvm.systemProperties).some((name) => name.startsWith("otel.")) ||
        valueAt(connect.spec, ["template", "connectContainer", "env"]) !== undefined;
    return [
        ...endpointWarnings(sections),
        ...(type === "jaeger"
            ? [issue("KCP_UNUSED_SETTING", [...tracingPath, "type"], "Strimzi ignores jaeger; use opentelemetry")]
            : []),
        ...(type === "opentelemetry" && !hasEndpoint && !hasAgent
            ? [
                  issue(
                      "KCP_MISSING_SETTING",
                      ["connect", "env"],
                      "tracing is enabled, but no OTEL_EXPORTER_OTLP_ENDPOINT is set: traces are sent to the " +
                          "worker itself, http://localhost:4317, and are lost",
                  ),
              ]
            : []),
        ...(tracing === undefined && endpoint >= 0 && !hasAgent
            ? [
                  issue(
                      "KCP_UNUSED_SETTING",
                      ["connect", "env", endpoint, "name"],
                      "unused: tracing is not enabled; set tracing.type to opentelemetry in connect.spec",
                  ),
              ]
            : []),
    ];
}
