import type { Contract } from "../../src/contract/contract.ts";
import { createContract } from "../../src/contract/create-contract.ts";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../src/contract/json.ts";
import type { Profile, Revision } from "../../src/domain/revision.ts";
import {
  Explorer,
  type ExplorerSettings,
  explorableOperations,
  explorerKinds,
} from "../../src/engine/explore/explorer.ts";
import type { AtOperation } from "../../src/engine/hooks.ts";
import { Trace } from "../../src/engine/trace.ts";
import { handled, type Reply } from "../../src/operations/reply.ts";
import { contractKeys } from "../../src/runtime/contract-files.ts";
import { documents } from "../support/assets.ts";
import { type ExampleValidator, exampleValidator } from "../support/validate-example.ts";

export interface Subject {
  readonly name: string;
  readonly contract: Contract;
  readonly validator: ExampleValidator;
  /** An answer of each operation that has a body to vary, as the document shows it. */
  readonly answers: ReadonlyMap<string, Reply & { readonly body: JsonObject }>;
}

function subjectOf(revision: Revision, profile: Profile): Subject {
  const document = documents.contract(revision, profile);
  const contract = createContract(document, { recheck: true });
  const validator = exampleValidator(document);
  const answers = new Map(
    explorableOperations(contract).map((id) => {
      const status = id === "create-a-new-ai-task" ? 201 : id.endsWith("-task") ? 202 : 200;
      const body = validator.example(id, `${status}`, profile === "wire" ? "wire" : "seed");
      if (!isJsonObject(body)) throw new Error(`${id} shows no answer.`);
      return [id, { ...handled(status), body: frozen(body) }] as const;
    }),
  );
  return { name: `${revision} ${profile}`, contract, validator, answers };
}

/** As operations hand their bodies out: whoever changes one is found out. */
function frozen<Value extends JsonValue>(value: Value): Value {
  for (const member of isJsonObject(value) ? Object.values(value) : isJsonArray(value) ? value : []) {
    if (member !== undefined) frozen(member);
  }
  return Object.freeze(value);
}

/** Every contract with what it answers. */
export const subjects = contractKeys.map(({ revision, profile }) => subjectOf(revision, profile));

export function subject(name: string): Subject {
  const found = subjects.find((one) => one.name === name);
  if (found === undefined) throw new Error(`No contract ${name}.`);
  return found;
}

export function exploring({ contract }: Subject, settings: Partial<ExplorerSettings> = {}): Explorer {
  const operations = explorableOperations(contract);
  return new Explorer({ seed: "1", rate: 0.2, operations, kinds: explorerKinds, ...settings });
}

export interface Varied {
  readonly reply: Reply;
  readonly varied: readonly string[];
}

export function answer(explorer: Explorer, { contract, answers }: Subject, id: string, own?: Reply): Varied {
  const operation = contract.operations.get(id);
  const reply = own ?? answers.get(id);
  if (operation === undefined || reply === undefined) throw new Error(`No operation ${id}.`);
  const trace = new Trace(() => 0);
  const at: AtOperation = {
    contract,
    operation,
    path: {},
    query: [],
    request: {
      method: "GET",
      path: "/",
      search: "",
      headers: {},
      body: { kind: "bytes", bytes: new Uint8Array(0) },
    },
    policy: { requests: "enforce", responses: "enforce" },
    trace,
  };
  return { reply: explorer.vary(at, reply), varied: trace.varied ?? [] };
}

/** What was varied until there was nothing left that had not been, and in how many answers. */
export function everything(of: Subject, id: string, settings: Partial<ExplorerSettings> = {}) {
  const explorer = exploring(of, settings);
  const seen = new Set<string>();
  let answers = 0;
  let left = 1;
  while (left > 0 && answers < 10_000) {
    for (const one of answer(explorer, of, id).varied) seen.add(one);
    answers += 1;
    const [explored] = explorer.explored;
    left = explored === undefined ? 0 : explored.freedoms - explored.tried;
  }
  return { seen, answers, freedoms: explorer.explored[0]?.freedoms ?? 0 };
}

/** Each operation of each contract. */
export const cases = subjects.flatMap((of) => [...of.answers.keys()].map((id) => ({ of, id })));
