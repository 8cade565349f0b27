import { keptValue } from "./build-parameters.ts";
import type { TemplateParameter } from "./directory.ts";
import type { FieldComplaint } from "./field-complaint.ts";
import { parameterTypeRules } from "./parameter-type.ts";
import type { BuildParameter } from "./workspace.ts";

/** Where the parameters of a new build come from. */
export interface ParameterSources {
  /** What the order and its preset say; of two values for one parameter the later holds. */
  readonly given: readonly BuildParameter[];
  /** What the build before had. */
  readonly before: readonly BuildParameter[];
}

/**
 * What is wrong with the values that a new build would have, one complaint for each parameter at fault. Provider: the
 * transition does not matter, and a value that nobody changed is looked at as a new one is.
 */
export function parameterComplaints(
  parameters: readonly TemplateParameter[],
  { given, before }: ParameterSources,
): readonly FieldComplaint[] {
  if (parameters.length === 0) return [];
  const earlier = new Map(before.map(({ name, value }) => [name, value]));
  return parameters.flatMap((parameter) => {
    const value = givenValue(parameter, given) ?? keptValue(parameter, earlier);
    const detail = complaintAbout(parameter, { value, earlier: earlier.get(parameter.name) });
    return detail === undefined ? [] : [{ field: parameter.name, detail }];
  });
}

/** The value that a parameter is given; undefined when it is given none. */
export function givenValue(
  { name }: TemplateParameter,
  given: readonly BuildParameter[],
): string | undefined {
  return given.findLast((one) => one.name === name)?.value;
}

function complaintAbout(
  { isMutable, options, type }: TemplateParameter,
  { value, earlier }: { readonly value: string | undefined; readonly earlier: string | undefined },
): string | undefined {
  if (value === undefined) return "It has no default, so it must be given a value.";
  if (!isMutable && earlier !== undefined && earlier !== value) {
    return "It is not mutable, so it keeps the value that the workspace was made with.";
  }
  const { fits, words } = parameterTypeRules[type];
  if (!fits(value)) return `Its value must be ${words}, not ${JSON.stringify(value)}.`;
  const values = options.map((option) => option.value);
  return values.length === 0 || values.includes(value)
    ? undefined
    : `Its value must be one of ${values.map((one) => JSON.stringify(one)).join(", ")}.`;
}
