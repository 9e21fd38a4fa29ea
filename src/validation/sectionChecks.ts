/** Checks between the sections of a stack file. */
import type { Issue } from "../schema/issues";
import type { ParsedSections, SectionName } from "../schema/sections";
import { checkAcls } from "./aclChecks";
import { checkArns, checkDuplicateIds, checkMskAddresses, checkOidc, checkRoleName } from "./arnChecks";
import { checkAws } from "./awsChecks";
import { checkBridge } from "./bridgeChecks";
import { checkAuthentication, checkConnect } from "./connectChecks";
import { checkBridgeConfig } from "./bridgeConfig";
import { checkPodScheduling } from "./podScheduling";
import { checkWorkers } from "./workerChecks";
import { checkConnectLogin } from "./connectLogin";
import { checkContainerFields } from "./containerFields";
import { checkCrdFields } from "./crdFields";
import { checkKafkaCluster } from "./kafkaClusterChecks";
import { checkMetrics } from "./metricsChecks";
import { checkPodResources } from "./podResources";
import { checkReplicas } from "./replicaChecks";
import { checkSecrets } from "./secretChecks";
import { checkStandalone } from "./standaloneChecks";
import { checkTopics } from "./topicChecks";
import { checkUsers } from "./userChecks";
import { checkVersions } from "./versionChecks";

/** Each check, and the sections that it reads. */
const checks: readonly [check: (sections: ParsedSections) => Issue[], reads: readonly SectionName[]][] = [
    [checkVersions, ["strimzi", "kafka"]],
    [checkAws, ["eks", "image", "secrets", "metrics", "kafka"]],
    [checkArns, ["eks", "image", "secrets", "metrics", "kafka"]],
    [checkOidc, ["eks"]],
    [checkMskAddresses, ["kafka"]],
    [checkDuplicateIds, ["metrics"]],
    [checkRoleName, ["connect", "secrets", "kafka"]],
    [checkAuthentication, ["kafka"]],
    [checkSecrets, ["secrets"]],
    [checkMetrics, ["metrics"]],
    [checkConnect, ["connect", "secrets"]],
    [checkWorkers, ["connect"]],
    [checkPodScheduling, ["connect", "kafkaCluster"]],
    [checkBridgeConfig, ["httpBridge"]],
    [checkCrdFields, ["connect", "kafkaCluster", "strimzi"]],
    [checkKafkaCluster, ["kafkaCluster"]],
    [checkConnectLogin, ["kafkaCluster", "connect"]],
    [checkReplicas, ["kafka", "kafkaCluster", "connect"]],
    [checkAcls, ["kafkaAccess", "kafkaCluster"]],
    [checkContainerFields, ["httpBridge", "standaloneConnect", "strimzi"]],
    [checkPodResources, ["connect", "kafkaCluster", "httpBridge", "standaloneConnect", "strimzi"]],
    [checkTopics, ["kafkaAccess", "kafkaCluster"]],
    [checkUsers, ["kafkaAccess", "kafkaCluster", "connect"]],
    [checkBridge, ["httpBridge", "kafkaCluster", "kafkaAccess", "connect"]],
    [checkStandalone, ["standaloneConnect"]],
];

/**
 * The issues between the sections. A check that reads a section which has issues is skipped: what it would
 * report could be a consequence of them.
 *
 * @param invalid the sections that have issues
 */
export const checkSections = (sections: ParsedSections, invalid: ReadonlySet<string>): Issue[] =>
    checks.filter(([, reads]) => !reads.some((name) => invalid.has(name))).flatMap(([check]) => check(sections));
