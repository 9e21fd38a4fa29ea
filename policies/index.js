/** Loads the policy pack as the program is loaded: the engine's own loader would check types on each start. */
require("../cli/loader/register.js");
require("./policyPack.ts");
