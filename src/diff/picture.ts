/** A small difference as a picture: a Mermaid flowchart of what happens to which object. Pure. */
import { classOrder, consequenceClasses, type Consequence } from "./consequence";

/** A picture with more arrows shows less than the list. */
const mostArrows = 8;

const label = (text: string): string => `"${text.replace(/["`<>]/g, "")}"`;

/** The lines of the picture; none if the difference is too large or has a single consequence. */
export function picture(consequences: readonly Consequence[]): string[] {
    const arrows = [...new Set(consequences.map((item) => `${item.subject}\n${item.class}`))];
    if (arrows.length < 2 || arrows.length > mostArrows) return [];
    const subjects = [...new Set(consequences.map(({ subject }) => subject))];
    const classes = classOrder.filter((kind) => consequences.some((item) => item.class === kind));
    return [
        "",
        "```mermaid",
        "flowchart LR",
        ...subjects.map((subject, index) => `    o${index}[${label(subject)}]`),
        ...classes.map((kind, index) => `    c${index}(${label(consequenceClasses[kind])})`),
        ...arrows.map((arrow) => {
            const [subject, kind] = arrow.split("\n");
            return `    o${subjects.indexOf(subject)} --> c${classes.findIndex((item) => item === kind)}`;
        }),
        "```",
    ];
}
