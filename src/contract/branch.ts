import { isJsonObject } from "./json.ts";
import type { Violation } from "./violation.ts";

/** One alternative of a composition, with what a value breaks of it. */
export interface Branch {
  readonly name: string;
  readonly violations: readonly Violation[];
}

/** Whether the value is of another type than an alternative takes, so that nothing else about it is worth telling. */
export function isOtherType({ violations }: Branch, pointer: string): boolean {
  return violations.some((one) => one.rule === "type" && one.pointer === pointer);
}

/** Leaves out alternatives whose tag (a property with a fixed value) differs, as long as one remains. */
export function likeliest(branches: readonly Branch[], pointer: string): readonly Branch[] {
  const tagged = branches.filter(({ violations }) => !violations.some((one) => isTag(one, pointer)));
  return tagged.length > 0 ? tagged : branches;
}

function isTag({ rule, pointer }: Violation, parent: string): boolean {
  return (rule === "const" || rule === "enum") && pointer.slice(0, pointer.lastIndexOf("/")) === parent;
}

/** What the alternatives ask for, each said once. */
export function expectedOf(branches: readonly Branch[]): readonly string[] {
  return [...new Set(branches.flatMap(({ violations }) => violations.map(({ expected }) => expected)))];
}

/** What an alternative is called: its schema's name or title, or its number. */
export function branchName(schema: unknown, index: number): string {
  const { $ref, title } = isJsonObject(schema) ? schema : {};
  if (typeof $ref === "string") return $ref.slice($ref.lastIndexOf("/") + 1);
  return typeof title === "string" ? title : `alternative ${index + 1}`;
}

export function describeBranch({ name, violations: [first] }: Branch): string {
  return first === undefined ? name : `${name} (${first.pointer || "the whole"} must be ${first.expected})`;
}
