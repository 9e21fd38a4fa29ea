/** The parts of a source file that people read: comments and strings. */
import * as ts from "typescript";

/** A piece of a file. */
export interface Prose {
    readonly offset: number;
    readonly text: string;
}

const stringKinds: readonly ts.SyntaxKind[] = [
    ts.SyntaxKind.StringLiteral,
    ts.SyntaxKind.NoSubstitutionTemplateLiteral,
    ts.SyntaxKind.TemplateHead,
    ts.SyntaxKind.TemplateMiddle,
    ts.SyntaxKind.TemplateTail,
];

/** Whether a string is the name of a test or of a suite. */
function isTestName(node: ts.Node): boolean {
    for (let parent = node.parent; parent; parent = parent.parent) {
        if (!ts.isCallExpression(parent)) continue;
        return /^(it|describe)\b/.test(parent.expression.getText()) && node.pos <= parent.arguments[0].end;
    }
    return false;
}

/** Comments and strings of a TypeScript file; of a test, comments and the names of tests. */
export function proseOf(fileName: string, source: string, isTest: boolean): Prose[] {
    const file = ts.createSourceFile(fileName, source, ts.ScriptTarget.Latest, true);
    const found: Prose[] = [];
    const visit = (node: ts.Node): void => {
        if (ts.isJSDoc(node)) return;
        const children = node.getChildren(file);
        children.forEach(visit);
        if (children.length > 0) return;
        // comments are before a token
        const [before, start] = [node.getFullStart(), node.getStart(file)];
        if (start > before) found.push({ offset: before, text: source.slice(before, start) });
        if (stringKinds.includes(node.kind) && (!isTest || isTestName(node)))
            found.push({ offset: start, text: source.slice(start, node.getEnd()) });
    };
    visit(file);
    return found;
}
