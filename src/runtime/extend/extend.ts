import { readFile } from "node:fs/promises";
import type { Contract } from "../../contract/contract.ts";
import { ContractError } from "../../contract/contract-error.ts";
import { createContract } from "../../contract/create-contract.ts";
import { isJsonObject, type JsonObject } from "../../contract/json.ts";
import { formatFinding } from "../../scenarios/scenario-source.ts";
import { StartError } from "../start-error.ts";
import { parseYaml } from "../yaml-source.ts";
import { refuseCircles } from "./extend-circles.ts";
import { extensionContract } from "./extend-contract.ts";
import { convertDocument } from "./extend-document.ts";

/** A document that was added, ready to answer. */
export interface Extension {
  readonly file: string;
  readonly contract: Contract;
}

/**
 * Reads documents of Swagger 2.0 or OpenAPI 3.0 or 3.1, YAML or JSON. `envelope` is the contract whose shape the answers have
 * that the mock itself gives. Throws a `StartError` with file and place for what cannot be read or held to.
 */
export async function loadExtensions(
  files: readonly string[],
  envelope: Contract,
): Promise<readonly Extension[]> {
  return Promise.all(files.map(async (file) => ({ file, contract: await loadExtension(file, envelope) })));
}

async function loadExtension(file: string, envelope: Contract): Promise<Contract> {
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new StartError(`--extend: ${file} cannot be read: ${why}.`, { cause });
  });
  const source = await parse(file, text);
  try {
    return contractOf(file, source, envelope);
  } catch (cause) {
    // Of such depth is nothing but a mistake, or a YAML alias inside of what it stands for.
    if (cause instanceof RangeError) {
      throw new StartError(`${file} is nested too deeply, or holds itself.`, { cause });
    }
    if (!(cause instanceof ContractError)) throw cause;
    const place = await placeOf({ file, text }, cause.pointer);
    throw new StartError(`${place}: ${cause.message}.`, { cause });
  }
}

function contractOf(file: string, source: JsonObject, envelope: Contract): Contract {
  const converted = convertDocument(source);
  if (converted === undefined) {
    throw new StartError(
      `${file} is no document to extend with. Expected "swagger: '2.0'", or "openapi" with a version 3.0 or 3.1.`,
    );
  }
  const contract = createContract(converted.document);
  refuseCircles(converted.document);
  return extensionContract(contract, { opaque: converted.opaque, envelope });
}

/** JSON is read by the runtime itself, a hundred times faster than as the YAML that it also is. */
async function parse(file: string, text: string): Promise<JsonObject> {
  const parsed = asJson(text) ?? (await asYaml(file, text));
  if (isJsonObject(parsed)) return parsed;
  throw new StartError(`${file} holds no mapping. Expected an OpenAPI document.`);
}

function asJson(text: string): unknown {
  if (!/^\s*\{/u.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch (cause) {
    // A mapping of YAML may begin with a brace as well, and YAML's messages name the line.
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
}

async function asYaml(file: string, text: string): Promise<unknown> {
  const parsed = await parseYaml({ name: file, file, text });
  if (parsed.kind === "source") return parsed.source.document;
  throw new StartError(parsed.findings.map(formatFinding).join("\n"));
}

/** The file with line and column of a pointer, or of what is nearest to it. */
async function placeOf(
  { file, text }: { readonly file: string; readonly text: string },
  pointer: string | undefined,
): Promise<string> {
  const parsed = await parseYaml({ name: file, file, text });
  if (pointer === undefined || parsed.kind !== "source") return file;
  const { source } = parsed;
  const isSwagger = isJsonObject(source.document) && "swagger" in source.document;
  const position = source.locate(
    isSwagger ? pointer.replace(/^\/components\/schemas/u, "/definitions") : pointer,
  );
  return position === undefined ? file : `${file}:${position.line}:${position.column}`;
}
