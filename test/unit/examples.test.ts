import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { kubernetesObjects, objectsOfKind, onlyOfKind } from "../../src/synth/synth";
import { renderedFiles } from "../../src/synth/renderedFiles";
import { projectFolder } from "../../src/util/project";
import { readStack } from "../../src/stack/stackFile";
import { violations } from "../../src/release/crdValidation";
import { schemaOf } from "../../src/release/crds";
import { evaluatedWhole, settingsFrom } from "../support/stacks";

const folder = path.join(projectFolder, "examples");
const files = fs.readdirSync(folder).filter((name) => name.endsWith(".yaml"));
const read = (name: string) => readStack("example", path.join(folder, name));

describe("the examples", () => {
    it("are those that their page lists", () => {
        const page = fs.readFileSync(path.join(folder, "README.md"), "utf8");
        assert.deepEqual(
            [...page.matchAll(/\| \[([\w-]+\.yaml)\]\(\1\)/g)].map(([, name]) => name).sort(),
            [...files].sort(),
        );
        assert.equal(files.length, 5);
    });

    for (const name of files) {
        it(`${name} is valid, and has no object with a field that its Strimzi version does not know`, async () => {
            const { version } = settingsFrom(read(name)).strimzi;
            const evaluation = await evaluatedWhole(read(name));
            for (const object of kubernetesObjects(evaluation)) {
                const schema = object.apiVersion.startsWith("kafka.strimzi.io/")
                    ? schemaOf(version, object.kind)!.properties!.spec
                    : undefined;
                if (schema)
                    assert.deepEqual(violations(schema, object.spec), [], `${object.kind} ${object.metadata.name}`);
            }
            assert.ok(renderedFiles(evaluation).size > 5);
        });
    }

    it("for other clusters than EKS need no provider for AWS or Docker", async () => {
        for (const name of ["kafka-on-minikube.yaml", "standalone-file-sink.yaml", "http-bridge-sidecar.yaml"]) {
            const types = (await evaluatedWhole(read(name))).resources.map(({ type }) => type);
            assert.deepEqual(
                types.filter((type) => /^(aws|docker):|providers:(aws|docker)/.test(type)),
                [],
                name,
            );
        }
    });

    it("for minikube has Kafka, Connect with a login, and the right to read only the connector's Secret", async () => {
        const evaluation = await evaluatedWhole(read("kafka-on-minikube.yaml"));
        assert.equal(
            onlyOfKind(evaluation, "KafkaConnect").spec.bootstrapServers,
            "my-cluster-kafka-bootstrap.kafka.svc:9093",
        );
        assert.deepEqual((onlyOfKind(evaluation, "Role").rules as { resourceNames: string[] }[])[0].resourceNames, [
            "shop",
        ]);
        assert.equal(
            onlyOfKind(evaluation, "KafkaConnector").spec.config["database.password"],
            "${secretManager:kafka/shop:PASSWORD}",
        );
        assert.deepEqual(
            objectsOfKind(evaluation, "Namespace").map(({ metadata }) => metadata.name),
            ["strimzi"],
        );
    });
});
