// Lints every contract and the admin API's document with redocly, and proves that it really did.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { tsImport } from "tsx/esm/api";

const root = fileURLToPath(new URL("..", import.meta.url));
const linter = join(root, "node_modules/@redocly/cli/bin/cli.js");
const canary = "canary";

const { namedDocuments, specDocuments } = await tsImport("../src/runtime/contract-files.ts", import.meta.url);
const documents = namedDocuments(await specDocuments());

const findings = documents.flatMap(({ name, document }) => [
  ...unusedComponents(document).map((pointer) => `${name} ${pointer}: nothing refers to this component`),
  ...withoutSuccess(document).map((id) => `${name} ${id}: an operation needs a 2xx response, or 101`),
]);
for (const { name, problems } of lint([...documents, { name: canary, document: brokenDocument() }])) {
  const lines = problems.map(
    ({ ruleId, message, location }) => `${name} ${location[0]?.pointer ?? "#"}: ${message} (${ruleId})`,
  );
  if (name !== canary) findings.push(...lines);
  else if (lines.length === 0)
    findings.push("the linter found nothing wrong with a document made to be wrong");
}

for (const finding of findings) console.error(finding);
console.log(`spec: ${documents.length} documents linted, ${findings.length} findings`);
process.exitCode = findings.length === 0 ? 0 : 1;

/** One report for each document, in their order. Throws when the linter did not read all of them. */
function lint(inputs) {
  const folder = mkdtempSync(join(tmpdir(), "coder-tasks-mock-spec-"));
  try {
    const files = inputs.map(({ name }) => `${name}.json`);
    for (const [index, file] of files.entries()) {
      writeFileSync(join(folder, file), JSON.stringify(inputs[index].document, null, 2));
    }
    const run = spawnSync(
      process.execPath,
      [
        linter,
        "lint",
        "--config",
        join(root, "lint/redocly.yaml"),
        "--format=json",
        "--max-problems=1000",
        ...files,
      ],
      {
        cwd: folder,
        encoding: "utf8",
        maxBuffer: 64 * 1024 * 1024,
        env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
      },
    );
    const reports = readReports(run.stdout);
    if (reports.length !== inputs.length) {
      throw new Error(
        `redocly read ${reports.length} of ${inputs.length} documents:\n${run.stdout}${run.stderr}`,
      );
    }
    return inputs.map(({ name }, index) => ({ name, problems: reports[index].problems }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** With several files redocly prints one JSON object after the other. */
function readReports(text) {
  const objects = text.split(/(?<=^\})\s*(?=\{)/m).filter((part) => part.trim() !== "");
  return objects.map((part) => JSON.parse(part));
}

function brokenDocument() {
  const [{ document }] = documents;
  const broken = structuredClone(document);
  broken.paths["/tasks"].get.responses["200"].content["application/json"].schema = {
    $ref: "#/components/schemas/NoSuchSchema",
  };
  return broken;
}

/** The linter's own rule knows no operation that goes on as a WebSocket. */
function withoutSuccess({ paths }) {
  return Object.values(paths)
    .flatMap((item) => Object.values(item))
    .filter(
      ({ responses }) =>
        responses !== undefined && !Object.keys(responses).some((code) => /^(?:2..|101)$/.test(code)),
    )
    .map(({ operationId }) => operationId);
}

function unusedComponents(document) {
  const text = JSON.stringify(document);
  return Object.entries(document.components ?? {})
    .filter(([kind]) => kind !== "securitySchemes")
    .flatMap(([kind, members]) => Object.keys(members).map((name) => `#/components/${kind}/${name}`))
    .filter((pointer) => !text.includes(`"${pointer}"`));
}
