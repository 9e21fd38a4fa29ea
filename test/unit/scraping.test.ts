import assert from "node:assert/strict";
import * as YAML from "yaml";
import { scrapingObstacles } from "../../src/aws/scrapedCluster";
import { scrapeConfiguration } from "../../src/metrics/scrapeConfiguration";

interface RelabelRule {
    readonly source_labels?: readonly string[];
    readonly separator?: string;
    readonly regex: string;
    readonly target_label?: string;
    readonly replacement?: string;
}

/** The address that Prometheus' relabelling gives a pod: expressions match the whole value. */
function addressOf(ip: string): string {
    const { scrape_configs: jobs } = YAML.parse(scrapeConfiguration(["connect"], 30)) as {
        scrape_configs: { relabel_configs: RelabelRule[] }[];
    };
    const labels: Record<string, string> = {
        __meta_kubernetes_pod_ip: ip,
        __meta_kubernetes_pod_annotation_prometheus_io_port: "9404",
    };
    for (const { source_labels: sources = [], separator, regex, target_label: target, replacement } of jobs[0]
        .relabel_configs) {
        const value = sources.map((name) => labels[name] ?? "").join(separator ?? ";");
        const match = new RegExp(`^(?:${regex})$`).exec(value);
        if (match && target === "__address__")
            labels[target] = replacement!.replace(/\$(\d)/g, (_, index) => match[Number(index)]);
    }
    return labels.__address__;
}

describe("the managed scraper", () => {
    it("reaches pods with IPv4 and IPv6 addresses", () => {
        assert.equal(addressOf("10.0.3.7"), "10.0.3.7:9404");
        assert.equal(addressOf("2a05:d018::1f"), "[2a05:d018::1f]:9404");
    });

    it("cannot reach a cluster without a private endpoint, or without access entries", () => {
        const cluster = {
            vpcConfigs: [{ endpointPrivateAccess: false }],
            accessConfigs: [{ authenticationMode: "CONFIG_MAP" }],
        };
        const [endpoint, mode, ...others] = scrapingObstacles(cluster);
        assert.match(endpoint, /endpointPrivateAccess/);
        assert.match(mode, /API_AND_CONFIG_MAP/);
        assert.deepEqual(others, []);
    });

    it("reaches other clusters, and those of which nothing is known", () => {
        const vpcConfigs = [{ endpointPrivateAccess: true }];
        assert.deepEqual(scrapingObstacles({ vpcConfigs, accessConfigs: [{ authenticationMode: "API" }] }), []);
        assert.deepEqual(scrapingObstacles({}), []);
    });
});
