/** What a cluster needs so that the managed scraper of AMP reaches it. */

/** The part of an EKS cluster that decides. Absent values are unknown. */
export interface ScrapedCluster {
    readonly vpcConfigs?: readonly { readonly endpointPrivateAccess?: boolean }[];
    readonly accessConfigs?: readonly { readonly authenticationMode?: string }[];
}

/**
 * Why the managed scraper of AMP could not scrape a cluster (AWS's guide "Set up managed collectors for Amazon EKS");
 * whether the VPC resolves names, EKS does not say.
 */
export function scrapingObstacles({ vpcConfigs, accessConfigs }: ScrapedCluster): string[] {
    const mode = accessConfigs?.[0]?.authenticationMode;
    return [
        ...(vpcConfigs?.[0]?.endpointPrivateAccess === false
            ? ["the endpoint of its API server has no private access; enable it (endpointPrivateAccess)"]
            : []),
        ...(mode === "CONFIG_MAP"
            ? [`its authentication mode is ${mode}; the scraper needs access entries: use API_AND_CONFIG_MAP or API`]
            : []),
    ];
}
