/** Regular expressions that a person writes. */

/** Whether JavaScript can read an expression. */
export function isExpression(text: string): boolean {
    try {
        new RegExp(text);
        return true;
    } catch {
        return false;
    }
}
