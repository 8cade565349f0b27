import type { Contract, ContractOperation, RequestParts } from "../../contract/contract.ts";
import { parseMediaType } from "../../contract/media-type.ts";

const nothing: RequestParts["body"] = { kind: "bytes", bytes: new Uint8Array(0) };

export interface ExtensionOptions {
  /** By operation id, the media types of bodies that are taken as they come. */
  readonly opaque: ReadonlyMap<string, readonly string[]>;
  /** Whose shape the answers have that the mock itself gives. */
  readonly envelope: Contract;
}

/** A contract whose forms and files nobody looks into, and whose refusals look like those of the API beside it. */
export function extensionContract(contract: Contract, { opaque, envelope }: ExtensionOptions): Contract {
  return {
    document: contract.document,
    operations: contract.operations,
    routes: contract.routes,
    // Planned when it is first looked at, so not to be copied here.
    get coverage() {
      return contract.coverage;
    },
    match: (method, path) => contract.match(method, path),
    checkResponse: (operation, response) => contract.checkResponse(operation, response),
    checkRequest: (operation, request) =>
      contract.checkRequest(
        operation,
        isOpaque(operation, request, opaque.get(operation.id)) ? { ...request, body: nothing } : request,
      ),
    checkEnvelope: (body) => envelope.checkEnvelope(body),
  };
}

function isOpaque(
  { takesBody }: ContractOperation,
  { headers }: RequestParts,
  types: readonly string[] | undefined,
): boolean {
  if (types === undefined) return false;
  return !takesBody || types.includes(parseMediaType(headers["content-type"] ?? "")?.essence ?? "");
}
