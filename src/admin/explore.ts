import type { components } from "../contract/generated/admin.ts";
import { isJsonArray, type JsonObject } from "../contract/json.ts";
import { Explorer, explorableOperations, explorerKinds } from "../engine/explore/explorer.ts";
import { handled, type Reply } from "../operations/reply.ts";
import { suggestion } from "../scenarios/nearest-name.ts";
import type { AdminContext } from "./admin-context.ts";
import type { AdminCall } from "./admin-operation.ts";
import { badRequest } from "./complain.ts";
import { contractsBeside } from "./contracts-beside.ts";
import { numberField, textField, wordsField } from "./fields.ts";

type Schemas = components["schemas"];

/** A fifth of an answer: enough to come round soon, and few enough to tell which of them broke a client. */
const usualRate = 0.2;

/** As many as a broken contract tells: a list may name a hundred thousand. */
const mostUnknown = 100;

/** `POST /explore`: from the next answer on; again, and it begins anew. */
export function beginExploring({ host }: AdminContext, { fields }: AdminCall): Reply {
  // What was added is answered without a state that there could be freedom about.
  const known = [host.surface.contract, ...contractsBeside({ host })].flatMap(explorableOperations);
  const asked = textsOf(fields, "operations");
  const unknown = [...asked.entries()].filter(([, id]) => !known.includes(id));
  if (unknown.length > 0) {
    return badRequest(
      "There are operations that cannot be explored.",
      unknown.slice(0, mostUnknown).map(([index, id]) => ({
        field: `body/operations/${index}`,
        detail: `expected an operation that answers with a body, ${suggestion(id, known)}; received ${JSON.stringify(id)}`,
      })),
    );
  }
  const seed = textField(fields, "seed") ?? numberField(fields, "seed") ?? host.world.settings.seed;
  host.hooks.explorer = new Explorer({
    seed: String(seed),
    rate: numberField(fields, "rate") ?? usualRate,
    operations: asked.length > 0 ? asked : known,
    kinds:
      fields["kinds"] === undefined
        ? explorerKinds
        : [...new Set(wordsField(fields, "kinds", explorerKinds))],
  });
  return handled(200, present(host.hooks.explorer));
}

/** `GET /explore`. */
export function getExploring({ host }: AdminContext): Reply {
  return handled(200, present(host.hooks.explorer));
}

/** `DELETE /explore`. */
export function endExploring({ host }: AdminContext): Reply {
  host.hooks.explorer = undefined;
  return handled(204);
}

function present(explorer: Explorer | undefined): Schemas["Exploring"] {
  if (explorer === undefined) return { exploring: false };
  const { settings, explored, byKind } = explorer;
  return {
    exploring: true,
    seed: settings.seed,
    rate: settings.rate,
    operations: [...settings.operations],
    kinds: [...settings.kinds],
    used: settings.kinds.map((kind) => ({ kind, times: byKind.get(kind) ?? 0 })),
    explored: explored.map((one) => ({ ...one })),
  };
}

function textsOf(fields: JsonObject, name: string): readonly string[] {
  const list = fields[name];
  return isJsonArray(list) ? list.filter((item) => typeof item === "string") : [];
}
