/** Checks between the sections of a stack file. */
import type { Issue } from "../schema/issues";
import type { ParsedSections, SectionName } from "../schema/sections";
import { checkAcls } from "./aclChecks";
import { arnWarnings, checkArns, checkDuplicateIds, checkOidc, checkRoleName, checkTags } from "./arnChecks";
import { checkAws } from "./awsChecks";
import { checkBridge } from "./bridgeChecks";
import { checkAuthentication, checkConnect } from "./connectChecks";
import { bridgeWarnings } from "./bridgeWarnings";
import { brokerLimitWarnings, checkBrokerLimits } from "./brokerLimits";
import { brokerValueWarnings, checkClientLimits } from "./brokerValues";
import { checkBridgeContainer, containerWarnings } from "./bridgeContainer";
import { checkBridgeConfig } from "./bridgeConfig";
import { checkPodScheduling, spreadWarnings } from "./podScheduling";
import { checkWorkers } from "./workerChecks";
import { checkConnectBuild, connectImageWarnings } from "./connectBuild";
import { checkConnectLogin } from "./connectLogin";
import { checkContainerFields } from "./containerFields";
import { checkCrdFields } from "./crdFields";
import { addressWarnings, checkAddresses, checkStandaloneAddresses } from "./kafkaAddresses";
import { checkKubeconfig, kubeconfigWarnings } from "./kubeconfigChecks";
import { checkImageReferences, imageReferenceWarnings } from "./imageReferences";
import { checkKafkaCluster } from "./kafkaClusterChecks";
import { checkKafkaSpec } from "./kafkaSpecChecks";
import { checkKafkaSpecRules, kafkaSpecWarnings } from "./kafkaSpecRules";
import { checkKafkaLogins, kafkaLoginWarnings } from "./kafkaLogins";
import { checkListenerRules, listenerRuleWarnings } from "./listenerRules";
import { checkNodeLabels, nodeLabelWarnings } from "./nodeLabels";
import { nodeValueWarnings } from "./nodeValues";
import { checkObjectReferences, objectReferenceWarnings } from "./objectReferences";
import { checkOperator, operatorWarnings } from "./operatorChecks";
import { loggerNameWarnings } from "./loggingChecks";
import { checkMetrics, scrapeWarnings } from "./metricsChecks";
import { durationWarnings } from "./durations";
import { checkPodTemplates, podTemplateWarnings } from "./podTemplates";
import { disruptionWarnings } from "./podDisruption";
import { jvmOptionWarnings } from "./jvmOptions";
import { checkTemplateLabels, podAnnotationWarnings } from "./podAnnotations";
import { checkPodResources, resourceWarnings } from "./podResources";
import { checkReplicas } from "./replicaChecks";
import { checkSecrets } from "./secretChecks";
import { checkServerHosts, serverHostWarnings } from "./serverHosts";
import { durabilityWarnings } from "./durability";
import { allowFromWarnings, checkExistingNamespaces } from "./existingNamespaces";
import { jvmContainerWarnings } from "./jvmContainers";
import { converterKeyWarnings, converterWarnings } from "./missingPlugins";
import { checkSecurityContexts, probeWarnings } from "./probeChecks";
import { checkProviderParams, providerParamWarnings } from "./providerParams";
import { checkRegistry, registryWarnings } from "./registryChecks";
import { repeatedItems } from "./repeatedItems";
import { checkTeamLists, teamListWarnings } from "./teamLists";
import { checkRightForms, rightDoubts } from "./rightDoubts";
import { checkReservedTopics, undeclaredTopicWarnings } from "./reservedTopics";
import { checkStrimziPods } from "./strimziPods";
import { checkStrimziManifests, strimziManifestWarnings } from "./strimziManifests";
import { checkStandalone, standalonePathWarnings } from "./standaloneChecks";
import { kafkaVolumeWarnings } from "./kafkaVolumes";
import { checkTopics } from "./topicChecks";
import { checkTopicConfigs, topicConfigWarnings } from "./topicConfigs";
import { checkRights, rightsWarnings } from "./userRights";
import { checkUnreachableAddresses, unreachableAddressWarnings } from "./unreachableAddresses";
import { checkUsers } from "./userChecks";
import { checkVersions } from "./versionChecks";
import { checkVolumeSources, volumeSourceWarnings } from "./volumeSources";
import { checkProviderNames, checkWorkerConfig, workerConfigWarnings } from "./workerConfig";
import { workerDoubts } from "./workerDoubts";
import { environmentWarnings } from "./workerEnvironment";
import { tracingWarnings } from "./workerTracing";
import { workerValueWarnings } from "./workerValues";
import { checkPlatformMounts, checkVolumeObjects, volumeWarnings } from "./workerVolumes";

/** Each check, and the sections that it reads. */
const checks: readonly [check: (sections: ParsedSections) => Issue[], reads: readonly SectionName[]][] = [
    [checkVersions, ["strimzi", "kafka"]],
    [checkAws, ["eks", "image", "secrets", "metrics", "kafka"]],
    [checkArns, ["eks", "image", "secrets", "metrics", "kafka"]],
    [checkOidc, ["eks"]],
    [checkTags, ["eks", "environment"]],
    [checkKubeconfig, ["eks"]],
    [checkAddresses, ["kafka"]],
    [checkDuplicateIds, ["metrics", "secrets"]],
    [checkRoleName, ["connect", "secrets", "kafka"]],
    [checkAuthentication, ["kafka"]],
    [checkSecrets, ["secrets"]],
    [checkMetrics, ["metrics"]],
    [checkConnect, ["connect", "secrets"]],
    [checkWorkers, ["connect"]],
    [checkWorkerConfig, ["connect"]],
    [checkPlatformMounts, ["connect", "kafka"]],
    [checkConnectBuild, ["connect"]],
    [checkPodScheduling, ["connect", "kafkaCluster"]],
    [checkSecurityContexts, ["connect", "kafkaCluster"]],
    [checkTemplateLabels, ["connect", "kafkaCluster", "httpBridge", "standaloneConnect"]],
    [checkBridgeConfig, ["httpBridge"]],
    [checkCrdFields, ["connect", "kafkaCluster", "strimzi"]],
    [checkKafkaCluster, ["kafkaCluster"]],
    [checkConnectLogin, ["kafkaCluster", "connect"]],
    [checkReplicas, ["kafka", "kafkaCluster", "connect"]],
    [checkAcls, ["kafkaAccess", "kafkaCluster"]],
    [checkPodTemplates, ["httpBridge", "standaloneConnect"]],
    [checkStrimziPods, ["connect", "kafkaCluster", "strimzi", "manifests"]],
    [checkContainerFields, ["httpBridge", "standaloneConnect", "strimzi"]],
    [checkPodResources, ["connect", "kafkaCluster", "httpBridge", "standaloneConnect", "strimzi"]],
    [checkTopics, ["kafkaAccess", "kafkaCluster"]],
    [checkImageReferences, ["image", "connect", "httpBridge", "standaloneConnect"]],
    [checkKafkaSpec, ["kafkaCluster", "kafkaAccess", "httpBridge", "connect", "strimzi"]],
    [checkKafkaSpecRules, ["kafkaCluster"]],
    [checkListenerRules, ["kafkaCluster"]],
    [checkKafkaLogins, ["kafka", "kafkaCluster", "kafkaAccess", "connect"]],
    [checkStrimziManifests, ["manifests", "strimzi", "kafka", "kafkaCluster", "kafkaAccess", "connect"]],
    [checkNodeLabels, ["kafkaCluster", "connect"]],
    [checkOperator, ["strimzi", "connect"]],
    [checkObjectReferences, ["manifests", "connect", "kafkaCluster", "kafkaAccess", "httpBridge", "standaloneConnect"]],
    [checkVolumeObjects, ["connect"]],
    [checkVolumeSources, ["connect", "httpBridge", "standaloneConnect"]],
    [checkProviderParams, ["secrets"]],
    [checkRegistry, ["kafka"]],
    [checkTeamLists, ["teams"]],
    [checkTopicConfigs, ["kafkaAccess"]],
    [checkRights, ["kafkaAccess", "kafkaCluster", "connect"]],
    [checkRightForms, ["kafkaAccess", "kafkaCluster"]],
    [checkBrokerLimits, ["kafkaCluster"]],
    [checkClientLimits, ["kafkaCluster", "connect"]],
    [checkUsers, ["kafkaAccess", "kafkaCluster", "connect"]],
    [checkBridge, ["httpBridge", "kafkaCluster", "kafkaAccess", "connect"]],
    [checkStandalone, ["standaloneConnect"]],
    [checkStandaloneAddresses, ["standaloneConnect"]],
    [checkUnreachableAddresses, ["kafka", "kafkaCluster", "connect", "httpBridge", "standaloneConnect"]],
    [checkServerHosts, ["kafka", "kafkaCluster", "connect", "httpBridge", "standaloneConnect"]],
    [checkBridgeContainer, ["httpBridge"]],
    [checkProviderNames, ["secrets", "kafka"]],
    [checkReservedTopics, ["kafkaAccess", "connect"]],
    [checkExistingNamespaces, ["connect", "strimzi", "kafkaCluster", "httpBridge", "standaloneConnect"]],
];

/**
 * The issues between the sections. A check that reads a section which has issues is skipped: what it would
 * report could be a consequence of them.
 *
 * @param invalid the sections that have issues
 */
export const checkSections = (sections: ParsedSections, invalid: ReadonlySet<string>): Issue[] =>
    checks.filter(([, reads]) => !reads.some((name) => invalid.has(name))).flatMap(([check]) => check(sections));

const warnings: readonly ((sections: ParsedSections) => Issue[])[] = [
    arnWarnings,
    addressWarnings,
    unreachableAddressWarnings,
    serverHostWarnings,
    disruptionWarnings,
    jvmOptionWarnings,
    spreadWarnings,
    workerConfigWarnings,
    workerValueWarnings,
    bridgeWarnings,
    kubeconfigWarnings,
    volumeWarnings,
    volumeSourceWarnings,
    environmentWarnings,
    tracingWarnings,
    probeWarnings,
    workerDoubts,
    resourceWarnings,
    nodeValueWarnings,
    podAnnotationWarnings,
    podTemplateWarnings,
    standalonePathWarnings,
    allowFromWarnings,
    providerParamWarnings,
    registryWarnings,
    repeatedItems,
    teamListWarnings,
    imageReferenceWarnings,
    nodeLabelWarnings,
    kafkaLoginWarnings,
    strimziManifestWarnings,
    listenerRuleWarnings,
    kafkaSpecWarnings,
    operatorWarnings,
    objectReferenceWarnings,
    brokerValueWarnings,
    brokerLimitWarnings,
    durationWarnings,
    rightDoubts,
    kafkaVolumeWarnings,
    topicConfigWarnings,
    rightsWarnings,
    jvmContainerWarnings,
    containerWarnings,
    durabilityWarnings,
    undeclaredTopicWarnings,
    scrapeWarnings,
    loggerNameWarnings,
    converterKeyWarnings,
    converterWarnings,
    connectImageWarnings,
];

/** What is probably wrong in the sections of a stack without errors. */
export const sectionWarnings = (sections: ParsedSections): Issue[] => warnings.flatMap((warn) => warn(sections));
