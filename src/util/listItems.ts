/** The items of a list as Kafka's configurations write it: separated by commas, blanks around them left out. */
export const listItems = (value: unknown): string[] =>
    String(value ?? "")
        .split(",")
        .map((item) => item.trim())
        .filter(Boolean);
