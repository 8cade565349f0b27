import { canReadOrganization } from "../../domain/access.ts";
import type { Organization, Template } from "../../domain/directory.ts";
import type { World } from "../../domain/world.ts";
import type { CallerCall, FoundCall } from "../operation.ts";
import { firstOf } from "../query.ts";
import { refuse } from "../refuse.ts";
import { handled, type Reply } from "../reply.ts";
import { compareTexts } from "./compare-texts.ts";
import { templatePresenter } from "./present-template.ts";
import { readTemplateSearch } from "./template-search.ts";

/** `GET /templates`: those of all organizations that the caller may see, by name. */
export function listTemplates(world: World, call: CallerCall): Reply {
  return list(world, call, ({ organizationId }) => canReadOrganization(call.caller, organizationId));
}

/** `GET /organizations/{organization}/templates`. */
export function listOrganizationTemplates(world: World, call: FoundCall<Organization>): Reply {
  return list(world, call, ({ organizationId }) => organizationId === call.found.id);
}

function list(
  world: World,
  { caller, query }: CallerCall,
  isVisible: (template: Template) => boolean,
): Reply {
  const text = firstOf(query, "q") ?? "";
  const search = readTemplateSearch(world, caller, text);
  if (!search.ok) return refuse(search.refusal, world.rules);
  const found = [...world.directory.templates.values()].filter(
    (template) => isVisible(template) && search.value(template),
  );
  const present = templatePresenter(world, caller);
  return handled(200, found.toSorted(byName).map(present));
}

function byName(one: Template, other: Template): number {
  return compareTexts(one.name, other.name) || compareTexts(one.id, other.id);
}
