/**
 * How Argo CD judges the health of Strimzi's resources. Its own rules read the conditions without the generation, so
 * a resource that was just changed counts as healthy by the status of its earlier form, and the next wave starts.
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/health/
 */

/** The kinds of Strimzi that have the conditions Ready and NotReady. */
const kinds = [
    "Kafka",
    "KafkaBridge",
    "KafkaConnect",
    "KafkaConnector",
    "KafkaMirrorMaker2",
    "KafkaTopic",
    "KafkaUser",
];

/** Health of a resource of Strimzi, in Lua 5.1. */
export const strimziHealth = `local health = { status = "Progressing", message = "Waiting for the Strimzi operator" }
if obj.metadata.deletionTimestamp ~= nil then
  health.message = "Waiting for its deletion"
  return health
end
if obj.status == nil or obj.status.conditions == nil
  or obj.status.observedGeneration ~= obj.metadata.generation then
  return health
end
for _, condition in ipairs(obj.status.conditions) do
  if condition.status == "True" then
    if condition.type == "NotReady" then
      return { status = "Degraded", message = condition.message or condition.reason or "NotReady" }
    elseif condition.type == "ReconciliationPaused" then
      return { status = "Suspended", message = "Its reconciliation is paused" }
    elseif condition.type == "Ready" then
      health = { status = "Healthy", message = "" }
    end
  end
end
return health
`;

/**
 * Health of an Application, which Argo CD does not judge since 1.8: without it, the wave of the operator ends before
 * the operator runs.
 */
export const applicationHealth = `local health = { status = "Progressing", message = "" }
if obj.status ~= nil and obj.status.health ~= nil and obj.status.health.status ~= nil then
  health.status = obj.status.health.status
  health.message = obj.status.health.message or ""
end
return health
`;

/** The entries of Argo CD's ConfigMap argocd-cm. */
export const healthSettings: Readonly<Record<string, string>> = {
    "resource.customizations.health.argoproj.io_Application": applicationHealth,
    ...Object.fromEntries(
        kinds.map((kind) => [`resource.customizations.health.kafka.strimzi.io_${kind}`, strimziHealth]),
    ),
};
