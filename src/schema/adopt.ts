/** Objects that exist in the cluster already and that the stack takes over. */
import { array, string } from "./primitives";

export const adopt = array(
    string("KIND/NAME, such as KafkaConnect/connect", /^[A-Z][A-Za-z0-9]*\/[a-z0-9]([-.a-z0-9]*[a-z0-9])?$/),
).describe(
    "Objects of this stack that exist in the cluster already, as KIND/NAME. `pulumi up` takes them over; without the " +
        "list, creating an object that exists is an error. `kcp import` writes the list. Once `pulumi up` has " +
        "succeeded it has no effect, and can be removed",
);
