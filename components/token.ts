/** Type token of a component: what the engine knows it by. */
export const token = (component: string): string => `kafka-connect-platform:components:${component}`;
