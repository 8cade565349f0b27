import { parameterTypeRules } from "../../domain/parameter-type.ts";
import { type Complaint, quoted } from "../finding-list.ts";
import { suggestion } from "../nearest-name.ts";
import type { ParameterRecord, VersionRecord } from "../template-document.ts";

/** What is wrong with a version of a template; places are below the version. */
export function* versionComplaints(version: VersionRecord): Generator<Complaint> {
  const { presets = [], parameters = [], external_auth: services = [] } = version;
  yield* repeated("presets", "name", names(presets));
  yield* repeated("parameters", "name", names(parameters));
  yield* repeated(
    "external_auth",
    "provider",
    services.map(({ provider }) => provider),
  );
  for (const [index, preset] of presets.entries()) {
    if (preset.default === true && presets.findIndex((one) => one.default === true) < index) {
      yield {
        at: ["presets", index, "default"],
        message: `${quoted(preset.name)} is a second default preset`,
        expected: "one default preset at most in a version",
      };
    }
  }
  yield* unfitValues(version);
}

/** A text that a parameter is given somewhere. */
interface Given {
  readonly name: string;
  readonly value: string;
  readonly at: Complaint["at"];
}

/** Defaults of parameters and values of presets that the parameter does not take. */
function* unfitValues(version: VersionRecord): Generator<Complaint> {
  for (const { name, value, at } of [...givenDefaults(version), ...givenByPresets(version)]) {
    const parameter = version.parameters?.find((one) => one.name === name);
    const complaint = parameter === undefined ? undefined : misfit(parameter, value);
    if (complaint !== undefined) yield { at, ...complaint };
  }
}

function givenDefaults({ parameters = [] }: VersionRecord): readonly Given[] {
  return parameters.flatMap(({ name, default: value }, index) =>
    value === undefined ? [] : [{ name, value, at: ["parameters", index, "default"] }],
  );
}

function givenByPresets({ presets = [] }: VersionRecord): readonly Given[] {
  return presets.flatMap((preset, index) =>
    (preset.parameters ?? []).map(({ name, value }, position) => ({
      name,
      value,
      at: ["presets", index, "parameters", position, "value"],
    })),
  );
}

function misfit(
  { name, type = "string", options = [] }: ParameterRecord,
  value: string,
): Omit<Complaint, "at"> | undefined {
  const values = options.map((option) => option.value);
  if (values.length > 0 && !values.includes(value)) {
    return {
      message: `${quoted(value)} is no option of the parameter ${quoted(name)}`,
      expected: suggestion(value, values),
    };
  }
  const rule = parameterTypeRules[type];
  return rule.fits(value)
    ? undefined
    : { message: `${quoted(value)} does not fit the parameter ${quoted(name)}`, expected: rule.words };
}

function names(records: readonly { readonly name: string }[]): readonly string[] {
  return records.map(({ name }) => name);
}

function* repeated(section: string, key: string, values: readonly string[]): Generator<Complaint> {
  for (const [index, value] of values.entries()) {
    if (values.indexOf(value) === index) continue;
    yield {
      at: [section, index, key],
      message: `${quoted(value)} is used twice`,
      expected: `a ${key} of its own in the version`,
    };
  }
}
