/** Settings of the whole stack. */
import { boolean, string } from "./primitives";

export const protect = boolean()
    .default(false)
    .describe(
        "Whether resources that hold data (ECR repository, Prometheus workspace, CRDs, Kafka) are protected " +
            "from deletion",
    );

export const environment = string("the name of an environment")
    .optional()
    .describe("Name of the environment, written to a tag of all AWS resources. Default: the stack's name");
