import assert from "node:assert/strict";
import { Region } from "@pulumi/aws/types/enums";
import { awsRegions, partitionOf } from "../../src/schema/awsRegions";

describe("the AWS regions", () => {
    it("include all that the AWS provider knows", () => {
        const known: readonly string[] = Object.values(Region);
        assert.deepEqual(
            known.filter((region) => !awsRegions.includes(region)),
            [],
        );
    });

    it("have a partition", () => {
        assert.deepEqual(["eu-west-1", "cn-north-1", "us-gov-west-1", "eusc-de-east-1"].map(partitionOf), [
            "aws",
            "aws-cn",
            "aws-us-gov",
            "aws-eusc",
        ]);
    });
});
