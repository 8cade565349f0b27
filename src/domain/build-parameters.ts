import type { TemplateParameter } from "./directory.ts";
import type { Build, BuildParameter, Workspace } from "./workspace.ts";
import type { Directory } from "./world.ts";

/**
 * The parameters that a build has, in the order of its template version: what was given with it, else what a preset that is
 * new with it says, else what the build before had, else the default. One without any of these is left out.
 */
export function buildParameters(
  directory: Directory,
  { builds }: Workspace,
  { number }: Pick<Build, "number">,
): readonly BuildParameter[] {
  let values: ReadonlyMap<string, string> = new Map();
  let previous: Build | undefined;
  for (const build of builds.filter((one) => one.number <= number)) {
    values = valuesOf(directory, build, { values, presetId: previous?.presetId });
    previous = build;
  }
  return [...values].map(([name, value]) => ({ name, value }));
}

function valuesOf(
  directory: Directory,
  build: Build,
  before: { readonly values: ReadonlyMap<string, string>; readonly presetId: string | undefined },
): ReadonlyMap<string, string> {
  const version = directory.templateOfVersion(build.templateVersionId)?.version;
  const preset =
    build.presetId === before.presetId
      ? undefined
      : version?.presets.find((candidate) => candidate.id === build.presetId);
  const given = byName([...(preset?.parameters ?? []), ...(build.parameters ?? [])]);
  const values = new Map<string, string>();
  for (const parameter of version?.parameters ?? []) {
    const value = given.get(parameter.name) ?? keptValue(parameter, before.values);
    if (value !== undefined) values.set(parameter.name, value);
  }
  return values;
}

/** What a parameter has in a build that gives it nothing new; undefined when it has no default either. */
export function keptValue(
  { name, isEphemeral, defaultValue }: TemplateParameter,
  before: ReadonlyMap<string, string>,
): string | undefined {
  return (isEphemeral ? undefined : before.get(name)) ?? defaultValue;
}

function byName(parameters: readonly BuildParameter[]): ReadonlyMap<string, string> {
  return new Map(parameters.map(({ name, value }) => [name, value]));
}
