/** Java's properties files, as text. */

/** As the file that Java reads back: backslashes and line breaks escaped, and in keys what would end them. */
export const propertiesText = (properties: Readonly<Record<string, string>>): string =>
    Object.entries(properties)
        .map(
            ([key, value]) =>
                `${key.replace(/[\\:=#! ]/g, "\\$&")}=${value.replace(/\\/g, "\\\\").replace(/\n/g, "\\n")}\n`,
        )
        .join("");
