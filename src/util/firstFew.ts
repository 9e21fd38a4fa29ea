/** The first of some names, and how many there are besides: `a, b, c and 2 more`. */
export const firstFew = (names: readonly string[], most = 3): string =>
    names.slice(0, most).join(", ") + (names.length > most ? ` and ${names.length - most} more` : "");
