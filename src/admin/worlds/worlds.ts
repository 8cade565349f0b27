import type { components } from "../../contract/generated/admin.ts";
import { asInstant, formatInstant } from "../../domain/instant.ts";
import { signInsOf } from "../../domain/sign-ins.ts";
import type { WorldHost } from "../../engine/worlds/world-host.ts";
import { worldPrefix } from "../../engine/worlds/world-prefix.ts";
import { handled, type Reply } from "../../operations/reply.ts";
import { didYouMean } from "../../scenarios/nearest-name.ts";
import type { AdminContext } from "../admin-context.ts";
import type { AdminCall } from "../admin-operation.ts";
import { presentClock } from "../clock/clock.ts";
import { conflict, notFound } from "../complain.ts";
import { stamp } from "../tasks/present-task.ts";

type Schemas = components["schemas"];

/** `GET /worlds`. */
export function listWorlds({ worlds }: AdminContext, { baseUrl }: AdminCall): Reply {
  const body: Schemas["WorldList"] = {
    worlds: worlds.list().map((host) => presentEntry(host, baseUrl)),
    limit: worlds.limit,
  };
  return handled(200, body);
}

/** `GET /worlds/{world}`. */
export function getWorld(context: AdminContext, { path, baseUrl }: AdminCall): Reply {
  const id = path["world"] ?? "";
  const host = context.worlds.get(id);
  return host === undefined ? unknownWorld(context, id) : handled(200, presentWorld(host, baseUrl));
}

/** `DELETE /worlds/{world}`. */
export function deleteWorld(context: AdminContext, { path }: AdminCall): Reply {
  const { worlds } = context;
  const id = path["world"] ?? "";
  const host = worlds.get(id);
  if (host === undefined) return unknownWorld(context, id);
  if (host === worlds.home) {
    return conflict("The default world stays.", "POST /__admin/reset takes it back to its start.");
  }
  worlds.remove(host);
  return handled(204);
}

function unknownWorld({ worlds }: AdminContext, id: string): Reply {
  const known = worlds.list().map((host) => host.id);
  return notFound(
    `There is no world ${JSON.stringify(id)}.`,
    `${didYouMean(id, known)}GET /__admin/worlds lists them.`,
  );
}

/** A world with the tokens of everybody who can sign in. */
export function presentWorld(host: WorldHost, baseUrl: string): Schemas["World"] {
  const entry = presentEntry(host, baseUrl);
  const tokens = signInsOf(host.world).map(({ username, token }) => [username, token] as const);
  return { ...entry, tokens: Object.fromEntries(tokens) };
}

function presentEntry(host: WorldHost, baseUrl: string): Schemas["WorldEntry"] {
  const { id, world, epoch, requests, createdAt, expiresAt } = host;
  const { scenario, seed, revision, profile } = world.settings;
  // A world is looked at here without being asked for itself, so its present is not now yet.
  host.catchUp();
  return {
    id,
    base_url: `${baseUrl}${worldPrefix(host)}`,
    scenario,
    seed,
    revision,
    profile,
    clock: presentClock(world),
    epoch,
    requests,
    created_at: formatInstant(wholeInstant(createdAt)),
    ...stamp("expires_at", expiresAt === undefined ? undefined : wholeInstant(expiresAt)),
  };
}

function wholeInstant(milliseconds: number) {
  return asInstant(Math.floor(milliseconds));
}
