import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { isJsonObject, type JsonObject, type JsonValue } from "../../src/contract/json.ts";
import { revisions } from "../../src/domain/revision.ts";
import { documents as files } from "../support/assets.ts";
import { type BodyPlace, exampleValidator } from "../support/validate-example.ts";

const task =
  "current_state owner_avatar_url workspace_agent_health workspace_agent_health.reason workspace_agent_lifecycle " +
  "workspace_build_number workspace_status";
const agent = "workspace_build.resources.*.agents.*.";

/** What may be left out, by path pattern (list items as `*`). All else that the published examples show is required. */
const optional = new Set(
  [
    ["request ", "display_name input name template_version_preset_id"],
    ["", `${task} snapshot snapshot_at`],
    ["tasks.*.", task],
    ["workspace_build.", "deadline max_deadline has_ai_task has_external_agent template_version_preset_id"],
    ["workspace_build.", "workspace_owner_avatar_url matched_provisioners.most_recently_seen"],
    ["workspace_build.job.", "available_workers canceled_at completed_at error error_code started_at"],
    ["workspace_build.job.", "worker_id worker_name tags.property1 tags.property2"],
    ["workspace_build.job.input.", "error template_version_id workspace_build_id"],
    ["workspace_build.job.metadata.", "workspace_build_transition workspace_id workspace_name"],
    ["workspace_build.resources.*.", "agents metadata"],
    [agent, "directory disconnected_at expanded_directory first_connected_at instance_id last_connected_at"],
    [agent, "ready_at started_at latency latency.property1 latency.property2 health.reason"],
    [`${agent}environment_variables.`, "property1 property2"],
    [`${agent}scripts.*.`, "exit_code status"],
    [`${agent}apps.*.`, "command display_name group icon subdomain_name tooltip url"],
  ].flatMap(([prefix, names = ""]) => names.split(" ").map((name) => `${prefix}${name}`)),
);

/** The texts of the examples that stand for any text. All others are ids, times or values of an enum. */
const freeTexts = ["string", "agent has lost connection"];

interface Part {
  /** Object keys and list indexes from the body's root. */
  readonly path: readonly (string | number)[];
  readonly value: JsonValue;
}

function partsOf(value: JsonValue, path: readonly (string | number)[] = []): readonly Part[] {
  const here = { path, value };
  if (isList(value)) return [here, ...value.flatMap((item, index) => partsOf(item, [...path, index]))];
  if (!isJsonObject(value)) return [here];
  const members = Object.entries(value).flatMap(([key, member]) =>
    member === undefined ? [] : partsOf(member, [...path, key]),
  );
  return [here, ...members];
}

/** A copy with one part replaced, or left out for `undefined`. */
function withPart(body: JsonValue, path: Part["path"], part: JsonValue | undefined): JsonValue {
  const [step, ...rest] = path;
  if (step === undefined) return part ?? null;
  if (isList(body)) return body.map((item, index) => (index === step ? withPart(item, rest, part) : item));
  if (!isJsonObject(body)) return body;
  const { [step]: present, ...others } = body;
  if (rest.length === 0 && part === undefined) return others;
  return { ...body, [step]: withPart(present ?? null, rest, part) };
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function ofAnotherType(value: JsonValue): JsonValue {
  return typeof value === "string" ? 5 : "text";
}

function pattern(path: Part["path"]): string {
  return path.map((step) => (typeof step === "number" ? "*" : step)).join(".");
}

function readSeeds(revision: string): readonly [string, BodyPlace, JsonValue][] {
  const file = new URL(`./seed-examples/${revision}.json`, import.meta.url);
  const seeds: Record<string, Record<BodyPlace, JsonValue>> = JSON.parse(readFileSync(file, "utf8"));
  return Object.entries(seeds).flatMap(([operation, bodies]) =>
    Object.entries(bodies).map(([place, body]): [string, BodyPlace, JsonValue] => [
      operation,
      place === "request" ? place : `${Number(place)}`,
      body,
    ]),
  );
}

describe.each(revisions)("the published examples of %s", (revision) => {
  const document: JsonObject = files.contract(revision, "documented");
  const contract = exampleValidator(document);
  const seeds = readSeeds(revision);

  it("number as many as the published document shows", () => {
    expect(seeds).toHaveLength(revision === "2.30" ? 8 : 10);
  });

  it.each(seeds)("are kept for %s %s, and valid", (operation, place, body) => {
    expect(contract.example(operation, place, "seed")).toEqual(body);
    expect(contract.errors(operation, place, body)).toEqual([]);
  });

  it.each(seeds)(
    "of %s %s are not valid with any part of another type, or null",
    (operation, place, body) => {
      for (const { path, value } of partsOf(body)) {
        for (const wrong of [ofAnotherType(value), null]) {
          const errors = contract.errors(operation, place, withPart(body, path, wrong));
          expect(errors, `${pattern(path)} = ${JSON.stringify(wrong)}`).not.toEqual([]);
        }
      }
    },
  );

  it.each(seeds)("of %s %s are valid without an optional part only", (operation, place, body) => {
    for (const { path } of partsOf(body)) {
      if (typeof path.at(-1) !== "string") continue;
      const name = pattern(path);
      // The one required `input` of a send or an update must not pass for the optional one of a create.
      const sole = isJsonObject(body) && Object.keys(body).length === 1;
      const mayGo =
        optional.has(place === "request" ? `request ${name}` : name) && !(sole && place === "request");
      const errors = contract.errors(operation, place, withPart(body, path, undefined));
      expect(errors.length === 0, `without ${name}`).toBe(mayGo);
    }
  });

  it.each(seeds)("of %s %s take any text only where the example says so", (operation, place, body) => {
    for (const { path, value } of partsOf(body)) {
      if (typeof value !== "string") continue;
      const errors = contract.errors(operation, place, withPart(body, path, "nonsense"));
      expect(errors.length === 0, pattern(path)).toBe(freeTexts.includes(value));
    }
  });
});
