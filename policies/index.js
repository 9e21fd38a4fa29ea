/** Loads the policy pack by tsx, as the program is loaded: the engine's own loader would check types on each start. */
require("tsx/cjs");
require("./policyPack.ts");
