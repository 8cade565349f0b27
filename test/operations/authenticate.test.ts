import { describe, expect, it } from "vitest";
import { asInstant } from "../../src/domain/instant.ts";
import type { World } from "../../src/domain/world.ts";
import { authenticateAgent, authenticateUser } from "../../src/operations/authenticate.ts";
import {
  active,
  advance,
  allWho,
  beginning,
  buildWorld,
  placeTask,
  tokenFor,
  users,
} from "../support/world-builder.ts";
import { callOperation, fieldsOf } from "./call-operation.ts";

describe("a session token", () => {
  it.each(allWho.filter((who) => who !== "suspended"))("of %s signs that user in", (who) => {
    expect(authenticateUser(buildWorld(), tokenFor(who))).toEqual({ ok: true, who: users[who] });
  });

  it("of a suspended user is refused with another message and no detail", async () => {
    const reply = await callOperation(buildWorld(), "list-ai-tasks", { as: "suspended" });

    expect(reply).toMatchObject({ status: 401, body: { message: expect.stringMatching(/not active/) } });
    expect(Object.keys(fieldsOf(reply))).toEqual(["message"]);
  });

  const known = tokenFor("member");

  it.each([
    ["", /no session token/i],
    ["nonsense", /invalid API key format.*1/i],
    ["a-b-c", /invalid API key format.*3/i],
    [known.slice(1), /invalid API key format/i],
    [`${known}x`, /invalid API key format/i],
    [`${known.slice(0, -1)}y`, /secret/i],
    [`${"z".repeat(10)}-${"x".repeat(22)}`, /no key has this id/i],
    ["0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d", /invalid API key format/i],
  ])("%j is refused with its reason", async (token, reason) => {
    const reply = await callOperation(buildWorld(), "list-ai-tasks", { token });

    expect(reply.status).toBe(401);
    expect(reply.headers?.["WWW-Authenticate"]).toMatch(
      /^Bearer realm="coder", error="invalid_token", error_description="[^"]+", resource_metadata="[^"]*\/\.well-known\/oauth-protected-resource"$/,
    );
    expect(reply.body).toEqual({
      message: expect.stringMatching(/signed out|expired/),
      detail: expect.stringMatching(reason),
    });
  });

  it("may be any literal text that the world knows", () => {
    const world = buildWorld();
    world.tables.saveToken({ text: "API_KEY", userId: users.member.id });

    expect(authenticateUser(world, "API_KEY")).toEqual({ ok: true, who: users.member });
  });

  it("works until the instant at which it expires", () => {
    const world = buildWorld();
    world.tables.saveToken({ text: known, userId: users.member.id, expiresAt: asInstant(beginning + 1_000) });
    advance(world, 999);
    expect(authenticateUser(world, known).ok).toBe(true);
    advance(world, 1);
    expect(authenticateUser(world, known)).toEqual({
      ok: false,
      refusal: { kind: "session", complaint: { cause: "expired", at: "2026-01-01T00:00:01Z" } },
    });
  });

  it("of any text is the default user's when every token is welcome, but none is not", () => {
    const world = buildWorld({ auth: "any" });

    expect(authenticateUser(world, "whatever")).toEqual({ ok: true, who: users.member });
    expect(authenticateUser(world, tokenFor("siteOwner"))).toEqual({ ok: true, who: users.member });
    expect(authenticateUser(world, undefined).ok).toBe(false);
  });
});

describe("an agent token", () => {
  /** An active task with its agent's token. */
  function started(world: World) {
    const { task, workspace } = placeTask(world, active);
    const token = workspace.builds.at(-1)?.agent?.token ?? "";
    return { id: task.id, token, isTaken: () => authenticateAgent(world, token).ok };
  }

  it("is taken in every form of a UUID, for the agent and its workspace", () => {
    const world = buildWorld();
    const { token, id } = started(world);
    for (const text of [token, token.toUpperCase(), token.replaceAll("-", ""), `{${token}}`]) {
      expect(authenticateAgent(world, text)).toMatchObject({
        ok: true,
        who: { agent: { token }, workspace: { taskId: id } },
      });
    }
  });

  it("is taken while a stop runs, and stale once that is through", async () => {
    const world = buildWorld();
    const { id, isTaken } = started(world);
    await callOperation(world, "pause-task", { task: id });
    expect(isTaken()).toBe(true);
    advance(world, 500);
    expect(isTaken()).toBe(true);
    advance(world, 1_499);
    expect(isTaken()).toBe(true);
    advance(world, 1);
    expect(isTaken()).toBe(false);
    await callOperation(world, "pause-task", { task: id });
    expect(isTaken()).toBe(false);
  });

  it("is stale from the moment of a deletion", async () => {
    const world = buildWorld();
    const { id, isTaken } = started(world);
    await callOperation(world, "delete-ai-task", { task: id });
    expect(isTaken()).toBe(false);
    advance(world, 60_000);
    expect(isTaken()).toBe(false);
  });

  it("is stale after a new start, whose own agent has another", async () => {
    const world = buildWorld();
    const { id, isTaken } = started(world);
    await callOperation(world, "pause-task", { task: id });
    advance(world, 60_000);
    await callOperation(world, "resume-task", { task: id });
    expect(isTaken()).toBe(false);
    advance(world, 60_000);
    expect(isTaken()).toBe(false);
    const workspace = [...world.tables.workspaces.values()][0];
    const token = workspace?.builds.at(-1)?.agent?.token;
    expect(authenticateAgent(world, token).ok).toBe(true);
  });

  it.each([
    ["", /must be provided/, ["message"]],
    ["nonsense", /token invalid/, ["message", "detail"]],
    [tokenFor("member"), /token invalid/, ["message", "detail"]],
    ["0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d", /not authorized/, ["message", "detail"]],
  ])("%j is refused without an invitation to sign in", async (token, message, keys) => {
    const reply = await callOperation(buildWorld(), "upload-task-log-snapshot", { token });

    expect(reply.status).toBe(401);
    expect(fieldsOf(reply)["message"]).toMatch(message);
    expect(Object.keys(fieldsOf(reply))).toEqual(keys);
    expect(reply.headers).toBeUndefined();
  });

  it("on a user's route has the wrong format", async () => {
    const world = buildWorld();
    const reply = await callOperation(world, "list-ai-tasks", { token: started(world).token });

    expect(reply.status).toBe(401);
    expect(fieldsOf(reply)["detail"]).toMatch(/format/);
  });
});
