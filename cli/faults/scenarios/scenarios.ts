/** The scenarios: what breaks, and what prevents, reports or repairs what is lost by it. */
import { databaseScenarios } from "./databases";
import { processScenarios } from "./processes";
import type { Scenario } from "./scenario";
import { topicScenarios } from "./topics";

export const scenarios: readonly Scenario[] = [...processScenarios, ...databaseScenarios, ...topicScenarios];
