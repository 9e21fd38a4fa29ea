/**
 * A setting that is passed on to Kubernetes as it is written in the stack file. Its schema is the CRD's, which
 * src/validation checks, so its type is the one of the field that it becomes.
 */
export const passedOn = <T>(setting: unknown): T => setting as T;
