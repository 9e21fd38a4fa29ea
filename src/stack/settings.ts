/** The settings of a stack: its stack file, validated, with every default filled in. */
import type { ConnectorLocation } from "./connectorList";
import type { ResolvedConnector } from "../connectors/template";
import type { StrimziRelease } from "../release/releases";
import type { ConnectSettings } from "../schema/connect";
import type { HttpBridgeSettings } from "../schema/httpBridge";
import type { Issue } from "../schema/issues";
import type { KafkaSettings } from "../schema/kafka";
import type { KafkaAccessSettings } from "../schema/kafkaAccess";
import type { KafkaClusterSettings } from "../schema/kafkaCluster";
import type { EksSettings } from "../schema/eks";
import type { ImageBuildSettings } from "../schema/image";
import type { Manifest } from "../schema/manifests";
import type { MetricsSettings } from "../schema/metrics";
import type { SecretsSettings } from "../schema/secrets";
import type { StrimziSettings } from "../schema/strimzi";
import type { TeamRights } from "../schema/teams";
import type { StandaloneSettings } from "../schema/standaloneConnect";

export interface Settings {
    /** Name of the environment. Default: the stack's name. */
    readonly environment: string;
    /** Whether stateful resources are protected from deletion. */
    readonly protect: boolean;
    readonly eks: EksSettings;
    readonly strimzi: StrimziSettings & { readonly kafkaVersion: string };
    /** What is specific to `strimzi.version`. */
    readonly release: StrimziRelease;
    readonly image?: { readonly build?: ImageBuildSettings; readonly existing?: string };
    readonly secrets?: SecretsSettings;
    readonly metrics: MetricsSettings;
    /** The Kafka that Connect uses: the `kafka` section, or what follows from `kafkaCluster`. */
    readonly kafka: KafkaSettings;
    readonly connect: ConnectSettings;
    readonly kafkaCluster?: KafkaClusterSettings;
    readonly kafkaAccess?: KafkaAccessSettings;
    readonly httpBridge?: HttpBridgeSettings;
    readonly standaloneConnect?: StandaloneSettings;
    /** Further Kubernetes objects. */
    readonly manifests?: readonly Manifest[];
    /** Objects that exist in the cluster already, as KIND/NAME. */
    readonly adopt?: readonly string[];
    /** What teams may use whose stacks run connectors on this Connect cluster; undefined where nobody is limited. */
    readonly teams?: readonly TeamRights[];
    readonly connectors: readonly ResolvedConnector[];
    /** Where each connector is declared, by its index. */
    readonly connectorLocations: readonly ConnectorLocation[];
    /** What is accepted and probably wrong. */
    readonly warnings: readonly Issue[];
}
