/** Words and phrases that the project does not use, each with what to write instead. */

/** A rule: what is searched for, and what to write in its place. */
export interface WordRule {
    readonly pattern: RegExp;
    readonly write: string;
}

/** A space of a pattern is also a line break, within a comment too. */
const rule = (pattern: string, write: string): WordRule => ({
    pattern: new RegExp(`\\b(${pattern.replace(/ (?!\])/g, "[\\s*/]+")})\\b`, "gi"),
    write,
});

export const wordRules: readonly WordRule[] = [
    rule("mend(s|ed|ing)?", "fix"),
    rule("anew", "again, from the start, new"),
    rule("to be had", "available"),
    rule("tells?|told", "report, show, say"),
    rule("got", "received"),
    rule("wants?|wanted", "expected, need"),
    rule("(take|takes|taken|took) apart", "parse, split"),
    rule("whole numbers?", "integer"),
    rule("a text|texts", "string"),
    rule("a word", "identifier, string"),
    rule("a flag", "boolean, option"),
    rule("groups? of settings|a list of things", "section, object, array"),
    rule("of (its|their|his|our|one's|the stack's) own", "its own, a separate"),
    rule("in truth", "really"),
    rule("which is none|is none of", "not"),
    rule("sa(y|ys|id) so", "report it"),
    rule("stands?(?!-in| (for|in for|by))|stood", "is, remains"),
    rule("asks? of", "ask, require"),
    rule("held against|holds? (?:\\w+ ){1,3}against", "checked against, compared with"),
    // the command `kcp faults` and its page have their name from the practice of injecting them
    rule("(?<!kcp |run |[/\"'`-]|^)faults?(?!\\.md|[/-]|[- ]toleran)", "error, issue"),
    rule("as (?:[\\w']+ ){1,3}(has|have) (it|them)", "as … defines it"),
    rule("make them up|makes? it anew", "create"),
    rule("all the same", "anyway, still"),
    rule("put before", "checked by, passed to"),
    rule("said again|once more(?! than)", "repeated, again"),
    rule("is nobody|nobody may", "anonymous"),
    rule("in silence|without a word", "silently"),
    rule("comes? into being|came into being", "is created"),
    rule("whoever", "who, the person who"),
    rule("given up|gives up|give up", "cancelled, abandoned"),
    rule("(?<!bin(?:ary )?log(?:'s)? )positions?", "offset, place"),
];

/** A place in a text that breaks a rule. */
export interface Finding {
    readonly offset: number;
    readonly found: string;
    readonly write: string;
}

/** Every place of a text that breaks a rule. */
export const findWords = (text: string): Finding[] =>
    wordRules.flatMap(({ pattern, write }) =>
        [...text.matchAll(pattern)].map((match) => ({ offset: match.index, found: match[0], write })),
    );
