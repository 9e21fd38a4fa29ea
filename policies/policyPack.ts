/** The policy pack: `pulumi preview --policy-pack policies`. */
import { PolicyPack } from "@pulumi/policy";
import * as pulumi from "@pulumi/pulumi";
import { policyPackArgs } from "../src/policies/policyPack";
import { project } from "../src/util/project";

new PolicyPack(
    project,
    policyPackArgs(() => new pulumi.Config(project).getBoolean("protect") ?? false),
);
