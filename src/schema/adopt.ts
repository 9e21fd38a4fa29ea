/** Objects that exist in the cluster already and that the stack takes over. */
import { array, string } from "./primitives";

export const adopt = array(
    string("KIND/NAME, such as KafkaConnect/connect", /^[A-Z][A-Za-z0-9]*\/[a-z0-9]([-.a-z0-9]*[a-z0-9])?$/),
).describe(
    "Objects of this stack that exist in the cluster already, as KIND/NAME. `pulumi up` takes them over where creating " +
        "an existing object is an error otherwise. `kcp import` writes the list; once `pulumi up` has succeeded it " +
        "has no effect, and can be removed",
);
