import type { Contract } from "../../contract/contract.ts";
import { readOperations } from "../../contract/operation-source.ts";
import { adminPrefix } from "../../engine/engine.ts";
import type { Extension } from "./extend.ts";

export interface Clashes {
  readonly file: string;
  /** `GET /api/v2/tasks`: operations of the document that something before it answers. */
  readonly operations: readonly string[];
}

/** Which operations of each document are never reached: the mock's own come first, then the documents in their order. */
export function findClashes(own: readonly Contract[], extensions: readonly Extension[]): readonly Clashes[] {
  return extensions.map(({ file, contract }, index) => {
    const before = [...own, ...extensions.slice(0, index).map((one) => one.contract)];
    const operations = readOperations(contract.document).flatMap(({ method, path, prefixes }) =>
      prefixes
        .map((prefix) => ({ method, path: `${prefix}${path}` }))
        .filter((route) => isKept(route) || before.some((other) => answers(other, route)))
        .map((route) => `${route.method} ${route.path}`),
    );
    return { file, operations };
  });
}

interface Route {
  readonly method: string;
  readonly path: string;
}

function answers(contract: Contract, { method, path }: Route): boolean {
  return contract.match(method, path.replaceAll(/\{[^{}]*\}/gu, "any")).kind === "operation";
}

/** The admin API, the paths of worlds and the mock's two pages. */
function isKept({ method, path }: Route): boolean {
  return (
    path.startsWith(adminPrefix) ||
    path.startsWith("/w/") ||
    (method === "GET" && ["/", "/openapi.json"].includes(path))
  );
}
