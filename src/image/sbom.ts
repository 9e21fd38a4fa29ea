/** The bill of materials of an image in CycloneDX 1.6: for the same plugins the same, to the byte. */
import { Contrib, Enums, Models, Serialize, Spec } from "@cyclonedx/cyclonedx-library";
import { sha256 } from "../util/data";
import type { Jar } from "./inventory";
import type { Plugin } from "./manifest";

/** What the bill is of: an image, or the plugins of a build context. */
export interface Subject {
    readonly name: string;
    /** Digest or tag of an image. */
    readonly version?: string;
}

/** Licences whose names the publishers of jars write in many ways, by their SPDX identifiers. */
const known: readonly [RegExp, string][] = [
    [
        /apache[^a-z]*(software )?licen[sc]e.*2|apache\.org\/licenses\/license-2\.0|^apache[ -]2(\.0)?$|^asl 2/i,
        "Apache-2.0",
    ],
    [/^(the )?mit( licen[sc]e)?$|opensource\.org\/licenses\/mit/i, "MIT"],
    [/bsd.*2|2-clause/i, "BSD-2-Clause"],
    [/bsd.*3|3-clause|new bsd|revised bsd/i, "BSD-3-Clause"],
    [/eclipse public.*2|^epl[- ]2/i, "EPL-2.0"],
    [/eclipse public.*1|^epl[- ]1/i, "EPL-1.0"],
];

/** A licence by its SPDX identifier where it has one, by the publisher's words otherwise. */
export const spdx = (stated: string): string => known.find(([pattern]) => pattern.test(stated))?.[1] ?? stated;

const licenses = new Contrib.License.Factories.LicenseFactory(() => {
    throw new Error("no expressions are used");
});

function componentOf(jar: Jar): Models.Component {
    const component = new Models.Component(Enums.ComponentType.Library, jar.name, {
        group: jar.group,
        version: jar.version || undefined,
        bomRef: `${jar.plugin}/${jar.file}`,
    });
    if (jar.group) component.purl = `pkg:maven/${jar.group}/${jar.name}@${encodeURIComponent(jar.version)}`;
    component.hashes.set(Enums.HashAlgorithm["SHA-512"], jar.sha512);
    for (const stated of jar.licenses) component.licenses.add(licenses.makeDisjunctive(spdx(stated)));
    return component;
}

/** The bill: a component a plugin, with its jars as components within it. */
export function sbom(subject: Subject, plugins: readonly Plugin[], jars: readonly Jar[]): string {
    const bom = new Models.Bom();
    bom.metadata.component = new Models.Component(Enums.ComponentType.Container, subject.name, {
        version: subject.version,
        bomRef: "image",
    });
    for (const plugin of plugins) {
        const component = new Models.Component(Enums.ComponentType.Application, plugin.name, { bomRef: plugin.name });
        component.licenses.add(licenses.makeDisjunctive(plugin.license));
        for (const jar of jars.filter((item) => item.plugin === plugin.name))
            component.components.add(componentOf(jar));
        bom.components.add(component);
        bom.metadata.component.dependencies.add(component.bomRef);
    }
    const write = (): string =>
        new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6)).serialize(bom, {
            sortLists: true,
            space: 2,
        });
    // derived from the content: with a random number, no two bills would be equal
    const digest = sha256(write());
    const [first, second, third, fourth, fifth] = [
        [0, 8],
        [8, 12],
        [13, 16],
        [17, 20],
        [20, 32],
    ].map(([from, to]) => digest.slice(from, to));
    bom.serialNumber = `urn:uuid:${first}-${second}-5${third}-8${fourth}-${fifth}`;
    return `${write()}\n`;
}
