import type { Template, User } from "../../domain/directory.ts";
import {
  inOrderOfKeys,
  type ParsedSearch,
  parseSearch,
  type SearchLanguage,
} from "../../domain/search-query.ts";
import type { World } from "../../domain/world.ts";
import type { Decoded } from "../decode-fields.ts";
import { booleanTerm, complaintsOf, idsTerm, idTerm, organizationTerm, valueIn } from "../search-terms.ts";
import { templateAuthor } from "./template-author.ts";

const keys = [
  "deleted",
  "organization",
  "exact_name",
  "exact_display_name",
  "name",
  "display_name",
  "ids",
  "deprecated",
  "has-ai-task",
  "author_id",
  "author",
  "has_external_agent",
] as const;
type Key = (typeof keys)[number];

const language: SearchLanguage<Key> = { keys, lists: ["ids"], bare: (words) => [["display_name", words]] };

type Test = (template: Template) => boolean;

/** Reads `q` of a list of templates. Without a word on them, deleted and deprecated ones are left out. */
export function readTemplateSearch(world: World, caller: User, text: string): Decoded<Test> {
  const parsed = parseSearch(text, language);
  const terms = readTerms(world, caller, parsed);
  const wrong = complaintsOf(Object.values(terms));
  const complaints = inOrderOfKeys([...wrong, ...(parsed.ok ? [] : parsed.complaints)], language);
  if (complaints.length > 0) {
    return { ok: false, refusal: { kind: "bad-search", things: "template", complaints } };
  }
  const tests = [...testsOfTexts(parsed), ...testsOfTerms(terms)];
  const author = templateAuthor(world, caller);
  const wanted = parsed.terms.author === "me" ? caller.username.toLowerCase() : parsed.terms.author;
  if (wanted !== undefined && wanted !== author.username.toLowerCase()) return fitsNone;
  const authorId = valueIn(terms.authorId);
  if (authorId !== undefined && authorId !== author.id) return fitsNone;
  return { ok: true, value: (template) => tests.every((test) => test(template)) };
}

const fitsNone: Decoded<Test> = { ok: true, value: () => false };

type Terms = ReturnType<typeof readTerms>;

function readTerms(world: World, caller: User, { terms }: ParsedSearch<Key>) {
  return {
    deleted: booleanTerm("deleted", terms.deleted),
    organization: organizationTerm(world, caller, terms.organization),
    ids: idsTerm("ids", terms.ids),
    deprecated: booleanTerm("deprecated", terms.deprecated),
    hasAiTask: booleanTerm("has-ai-task", terms["has-ai-task"]),
    authorId: idTerm("author_id", terms.author_id),
    hasExternalAgent: booleanTerm("has_external_agent", terms.has_external_agent),
  };
}

function testsOfTexts({ terms }: ParsedSearch<Key>): readonly Test[] {
  const { exact_name: name, exact_display_name: displayName } = terms;
  return [
    (template) => name === undefined || template.name.toLowerCase() === name,
    (template) => displayName === undefined || shownName(template).toLowerCase() === displayName,
    (template) => template.name.toLowerCase().includes(terms.name ?? ""),
    (template) =>
      shownName(template)
        .toLowerCase()
        .includes(terms.display_name ?? ""),
  ];
}

function testsOfTerms(terms: Terms): readonly Test[] {
  const organization = valueIn(terms.organization);
  const ids = valueIn(terms.ids);
  const deleted = valueIn(terms.deleted) ?? false;
  const deprecated = valueIn(terms.deprecated) ?? false;
  const hasAiTask = valueIn(terms.hasAiTask);
  return [
    (template) => template.deleted === deleted,
    (template) => (template.deprecated !== "") === deprecated,
    ({ organizationId }) => organization === undefined || organizationId === organization,
    ({ id }) => ids?.includes(id) ?? true,
    (template) => hasAiTask === undefined || activeHasAiTask(template) === hasAiTask,
    // No template of a world has agents that somebody else brings.
    () => valueIn(terms.hasExternalAgent) !== true,
  ];
}

/** Provider: a template without a display name goes by its name. */
function shownName({ name, displayName }: Template): string {
  return displayName === "" ? name : displayName;
}

function activeHasAiTask({ versions, activeVersionId }: Template): boolean {
  return versions.find(({ id }) => id === activeVersionId)?.hasAiTask ?? false;
}
