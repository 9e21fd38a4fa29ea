/** The syntax of Java's regular expressions. Each case was compared with java.util.regex.Pattern. */
import assert from "node:assert/strict";
import { javaExpressionProblem } from "../../src/util/javaExpressions";

const rejected: Readonly<Record<string, string>> = {
    "*orders": "has * where nothing precedes it",
    "a|+b": "has + where nothing precedes it",
    "a**": "has * where nothing precedes it",
    "(orders": "has a ( without )",
    "orders)": "has a ) without (",
    "[a-c": "has a [ without ]",
    "[[a]": "has a [ without ]",
    "orders{env}": "has a { that is no repetition; write \\{ for the character",
    "a{2,1}": "has the empty range {2,1}",
    "(?P<name>a)": "has the unknown group (?P<n",
    "(?<a_b>a)": "has the unknown group (?<a_",
    "orders\\y": "has the unknown escape \\y",
    "orders\\": "ends in a backslash",
};

const accepted = [
    "orders.*",
    "orders.*+",
    "(?i)orders",
    "(?i:orders)(?>a)(?<name>b)",
    "[]a]",
    "[a-z&&[^x]]",
    "\\Q(a*\\E",
    "\\p{L}\\x{41}\\_",
    "a}]",
    "a{2,3}?",
    "(?<=a)b(?!c)",
];

describe("regular expressions of Java", () => {
    for (const [expression, problem] of Object.entries(rejected))
        it(`rejects ${expression}`, () => assert.equal(javaExpressionProblem(expression), problem));

    for (const expression of accepted)
        it(`accepts ${expression}`, () => assert.equal(javaExpressionProblem(expression), undefined));
});
