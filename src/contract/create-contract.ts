import { type BodyPlan, ignoreBody, readBody } from "./body.ts";
import { checkResponse, planResponses, type ResponsePlans } from "./check-response.ts";
import type {
  CheckedRequest,
  Contract,
  ContractOperation,
  ContractOptions,
  RequestParts,
} from "./contract.ts";
import { ContractError } from "./contract-error.ts";
import { CoveragePlan } from "./coverage/coverage-plan.ts";
import { isJsonObject, type JsonObject } from "./json.ts";
import { childPointer, resolvePointer } from "./json-pointer.ts";
import { isJsonMediaType } from "./media-type.ts";
import { documentError, type OperationSource, readOperations } from "./operation-source.ts";
import { planParameter } from "./parameters/parameter-plan.ts";
import {
  checkParameters,
  hasClosedQueries,
  type ParameterPlans,
  queryCredentials,
} from "./parameters/parameters.ts";
import { ResponseMemory, type Shelf } from "./response-memory.ts";
import { Router } from "./router.ts";
import { documentSchemas } from "./schemas/document-schemas.ts";
import { SchemaChecks } from "./schemas/schema-checks.ts";
import { SchemaWalk } from "./schemas/schema-walk.ts";
import type { CheckedSchema } from "./schemas/verdicts.ts";

/** A contract whose schemas can be compiled all at once, for tests and for the `validate` command. */
export interface CompilableContract extends Contract {
  /** Every schema that a request or a response may be checked against. */
  checkedSchemas(): readonly CheckedSchema[];
  /** Compiles every schema of the document for both directions. Throws a `ContractError` (`schema-compile`). */
  compileAll(): void;
}

/** Where a document keeps the shape of answers that belong to no operation. */
const envelopePointer = "/components/schemas/Response";

function envelopeSchema(document: JsonObject): string {
  if (resolvePointer(document, envelopePointer) !== undefined) return envelopePointer;
  throw documentError(envelopePointer, "a document without this schema has no answers outside of operations");
}

/**
 * Makes an OpenAPI 3.1 document executable. Throws a `ContractError` with the JSON pointer of the mistake when the document
 * has an unknown keyword or format, a reference that leads nowhere, a pattern that does not compile, or a parameter or
 * request body that could not be checked. The document must not be changed afterwards.
 *
 * Fast: routes are indexed at once, schemas are only walked; each is compiled when it is first needed.
 */
export function createContract(document: JsonObject, options: ContractOptions = {}): CompilableContract {
  const sources = readOperations(document);
  // What was walked once, for its verdicts, need not be walked again.
  if (options.verdicts === undefined) walkSchemas(document, sources);
  const checks = new SchemaChecks(document, options.verdicts);
  const memory = new ResponseMemory(document, checks, options.recheck === true);
  const query = { credentials: queryCredentials(document), closed: hasClosedQueries(document) };
  const plans = sources.map((source) => planOperation(source, { document, checks, memory, query }));
  const byId = new Map(plans.map((plan) => [plan.operation.id, plan]));
  const routes = plans.flatMap(({ operation, source }) =>
    source.prefixes.map((prefix) => ({ operation, prefix, pointer: source.pointer })),
  );
  const router = new Router(routes);
  let envelope: Shelf | undefined;
  const envelopeShelf = () => {
    envelope ??= memory.shelf(envelopeSchema(document));
    return envelope;
  };
  let coverage: CoveragePlan | undefined;
  return {
    document,
    get coverage() {
      coverage ??= new CoveragePlan(document);
      return coverage;
    },
    operations: new Map(plans.map(({ operation }) => [operation.id, operation])),
    routes,
    match: (method, path) => router.match(method, path),
    checkRequest: (operation, request) => checkRequest(planOf(byId, operation), request),
    checkResponse: (operation, response) =>
      checkResponse(planOf(byId, operation).responses, memory, response),
    checkEnvelope: (body) => memory.once(envelopeShelf(), body),
    checkedSchemas: () => {
      memory.shelveItems();
      if (resolvePointer(document, envelopePointer) !== undefined) envelopeShelf();
      return checks.checked;
    },
    compileAll: () => {
      for (const pointer of documentSchemas(document, sources)) {
        checks.check(pointer, "request");
        checks.check(pointer, "response");
      }
      checks.compile();
    },
  };
}

function walkSchemas(document: JsonObject, sources: readonly OperationSource[]): void {
  const walk = new SchemaWalk(document);
  for (const pointer of documentSchemas(document, sources)) walk.check(pointer);
}

interface OperationPlan {
  readonly operation: ContractOperation;
  readonly source: OperationSource;
  readonly parameters: ParameterPlans;
  readonly body: BodyPlan | undefined;
  readonly responses: ResponsePlans;
}

interface Planning {
  readonly document: JsonObject;
  readonly checks: SchemaChecks;
  readonly memory: ResponseMemory;
  readonly query: Pick<ParameterPlans, "credentials" | "closed">;
}

function planOperation(source: OperationSource, planning: Planning): OperationPlan {
  const { document, checks, memory, query } = planning;
  const { id, method, path, pointer, requestBody } = source;
  const parameters = source.parameters.map((parameter) => planParameter(document, checks, parameter));
  return {
    operation: { id, method, path, takesBody: requestBody !== undefined },
    source,
    parameters: { plans: parameters.filter((plan) => plan !== undefined), pointer, ...query },
    body: planBody(source, checks),
    responses: planResponses(memory, source),
  };
}

function planBody({ requestBody }: OperationSource, checks: SchemaChecks): BodyPlan | undefined {
  if (requestBody === undefined) return undefined;
  const { value, pointer } = requestBody;
  const { content, required } = value;
  const place = childPointer(pointer, "content");
  if (!isJsonObject(content) || Object.keys(content).length === 0) {
    throw documentError(place, "a request body needs at least one media type");
  }
  const contents = Object.entries(content).map(([type, media]) => {
    const at = childPointer(place, type);
    if (!isJsonMediaType(type)) throw documentError(at, "only JSON request bodies are supported");
    if (!isJsonObject(media) || media["schema"] === undefined) {
      throw documentError(at, "needs a schema: without one, nothing could be checked");
    }
    return [type, checks.check(childPointer(at, "schema"), "request")] as const;
  });
  return { required: required === true, contents: new Map(contents), pointer };
}

function checkRequest({ parameters, body, source }: OperationPlan, request: RequestParts): CheckedRequest {
  const violations = checkParameters(parameters, request);
  const read = body === undefined ? ignoreBody(request, source.pointer) : readBody(body, request);
  return { violations: [...violations, ...read.violations], body: read.body };
}

function planOf(plans: ReadonlyMap<string, OperationPlan>, { id }: ContractOperation): OperationPlan {
  const plan = plans.get(id);
  if (plan !== undefined) return plan;
  throw new ContractError(`The operation "${id}" is not part of this contract`, { code: "document-shape" });
}
