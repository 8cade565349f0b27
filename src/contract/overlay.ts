import { exec, type JsonValue as MutableJson } from "jsonpath-rfc9535";
import { ContractError } from "./contract-error.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "./json.ts";

interface MutableObject {
  [key: string]: MutableJson;
}

/** One entry of an overlay's `actions`, read and checked. */
interface Action {
  /** How messages name the action: overlay title, index, target. */
  readonly name: string;
  readonly target: string;
  readonly update: JsonValue | undefined;
  readonly remove: boolean;
  readonly optional: boolean;
}

interface Selected {
  readonly value: MutableJson;
  readonly path: readonly (string | number)[];
}

/**
 * Applies an OpenAPI Overlay 1.0 document and returns the result; neither argument is changed.
 *
 * Objects merge recursively and arrays inside them concatenate; an update of an array is appended to it as one entry.
 * `remove: true` removes, and wins over `update`. Actions run in order, each on the result of the one before.
 *
 * Throws a `ContractError`: `overlay-shape` for a document that is no overlay, `overlay-target` for a target that is
 * not JSONPath or selects nothing (unless the action says `x-optional: true`), `overlay-update` for a change that the
 * selected node cannot take.
 */
export function applyOverlay(document: JsonObject, overlay: JsonObject): JsonObject {
  const root = mutableObject(document);
  for (const action of readActions(overlay)) applyAction(root, action);
  return root;
}

/** The base document with the overlays applied in their order. */
export function contractDocument(base: JsonObject, overlays: readonly JsonObject[]): JsonObject {
  return overlays.reduce(applyOverlay, base);
}

function readActions(overlay: JsonObject): readonly Action[] {
  const info = overlay["info"];
  const title = isJsonObject(info) ? info["title"] : undefined;
  if (typeof title !== "string") throw shapeError("Overlay without a title: info.title must be a string");
  if (overlay["overlay"] !== "1.0.0") {
    throw shapeError(`Overlay "${title}": the field "overlay" must be "1.0.0"`);
  }
  const actions = overlay["actions"];
  if (!isJsonArray(actions) || actions.length === 0) {
    throw shapeError(`Overlay "${title}": "actions" must be a list of at least one action`);
  }
  return actions.map((action, index) => readAction(action, `Overlay "${title}", action ${index}`));
}

function readAction(action: JsonValue, place: string): Action {
  const target = isJsonObject(action) ? action["target"] : undefined;
  if (!isJsonObject(action) || typeof target !== "string") {
    throw shapeError(`${place}: must be an object with a JSONPath in "target"`);
  }
  const { update, remove, "x-optional": optional } = action;
  for (const flag of [remove, optional]) {
    if (flag !== undefined && typeof flag !== "boolean") {
      throw shapeError(`${place}: "remove" and "x-optional" must be true or false`);
    }
  }
  if (update === undefined && remove !== true) {
    throw shapeError(`${place}: changes nothing; give it an "update" or "remove: true"`);
  }
  return {
    name: `${place}, target ${target}`,
    target,
    update,
    remove: remove === true,
    optional: optional === true,
  };
}

function applyAction(root: MutableObject, action: Action): void {
  const selection = select(root, action);
  if (selection.length === 0 && !action.optional) {
    throw new ContractError(`${action.name}: matches nothing in the document`, { code: "overlay-target" });
  }
  if (action.remove) {
    removeAll(root, selection, action);
    return;
  }
  for (const { value } of selection) update(value, action);
}

function select(root: MutableObject, action: Action): readonly Selected[] {
  // By path: a query such as `$['a','a']` hands out one node twice, which must still change only once.
  const selection = new Map<string, Selected>();
  try {
    exec(root, action.target, (value, path) => {
      selection.set(JSON.stringify(path), { value, path });
    });
  } catch (cause) {
    const message = `${action.name}: is not a JSONPath of RFC 9535`;
    throw new ContractError(message, { code: "overlay-target", cause });
  }
  return [...selection.values()];
}

function update(target: MutableJson, action: Action): void {
  if (action.update === undefined) return;
  if (Array.isArray(target)) {
    target.push(mutable(action.update));
  } else if (isMutableObject(target) && isJsonObject(action.update)) {
    mergeInto(target, action.update);
  } else {
    const message = "an update takes an object for an object, or any value for a list";
    throw new ContractError(`${action.name}: ${message}`, { code: "overlay-update" });
  }
}

function mergeInto(target: MutableObject, changes: JsonObject): void {
  for (const [key, change] of Object.entries(changes)) {
    if (change === undefined) continue;
    const present = Object.hasOwn(target, key) ? target[key] : undefined;
    if (isMutableObject(present) && isJsonObject(change)) {
      mergeInto(present, change);
    } else if (Array.isArray(present) && isJsonArray(change)) {
      present.push(...change.map(mutable));
    } else {
      setOwn(target, key, mutable(change));
    }
  }
}

function removeAll(root: MutableObject, selection: readonly Selected[], action: Action): void {
  if (selection.some(({ path }) => path.length === 0)) {
    const message = `${action.name}: the whole document cannot be removed`;
    throw new ContractError(message, { code: "overlay-update" });
  }
  // All parents are found before anything goes, so that one removal cannot lead another astray.
  const doomed = selection.map(({ path }) => ({ parent: parentOf(root, path), key: path.at(-1) }));
  // Within a list from the end backwards: removing an entry moves the ones behind it.
  doomed.sort((one, other) => position(other.key) - position(one.key));
  for (const { parent, key } of doomed) {
    if (Array.isArray(parent)) parent.splice(position(key), 1);
    else if (isMutableObject(parent)) delete parent[plainKey(String(key))];
  }
}

function position(key: string | number | undefined): number {
  return typeof key === "number" ? key : -1;
}

function parentOf(root: MutableObject, path: Selected["path"]): MutableJson | undefined {
  return path.slice(0, -1).reduce<MutableJson | undefined>(child, root);
}

function child(node: MutableJson | undefined, step: string | number): MutableJson | undefined {
  if (Array.isArray(node) && typeof step === "number") return node[step];
  return isMutableObject(node) && typeof step === "string" ? node[plainKey(step)] : undefined;
}

/** The library hands out keys as RFC 9535 "normalized paths" write them, with apostrophes and controls escaped. */
function plainKey(normalized: string): string {
  return normalized.replace(/\\(?:u[0-9a-f]{4}|.)/gu, (escaped) =>
    escaped === "\\'" ? "'" : String(JSON.parse(`"${escaped}"`)),
  );
}

function mutable(value: JsonValue): MutableJson {
  if (isJsonArray(value)) return value.map(mutable);
  return isJsonObject(value) ? mutableObject(value) : value;
}

function mutableObject(value: JsonObject): MutableObject {
  const copy: MutableObject = {};
  for (const [key, member] of Object.entries(value)) {
    if (member !== undefined) setOwn(copy, key, mutable(member));
  }
  return copy;
}

/** Plain assignment would take the key `__proto__` for something else. */
function setOwn(target: MutableObject, key: string, value: MutableJson): void {
  Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
}

function isMutableObject(value: MutableJson | undefined): value is MutableObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `Array.isArray` does not narrow a readonly array. */
function isJsonArray(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function shapeError(message: string): ContractError {
  return new ContractError(message, { code: "overlay-shape" });
}
