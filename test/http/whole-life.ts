import type { Answer, Call, HttpClient } from "../support/http-client.ts";

/** One call of the whole life of a task, with what it has to answer. */
export interface Stage {
  readonly call: Call;
  readonly status: number;
  /** Members that the body must have. */
  readonly holds?: object;
}

/** Stands for the id of the task, which is known once it is created: pause and resume are documented to take no name. */
const anId = "{id}";
const task = `/api/v2/tasks/me/${anId}`;
const version = "fbcbfa59-cd97-435e-8a2f-58d8351756fc";

function api(method: Call["method"], path: string, body?: object): Call {
  const headers = { "Coder-Session-Token": "API_KEY" };
  return { method, path, headers, ...(body === undefined ? {} : { body }) };
}

function until(wanted: object): Stage {
  const body = { until: { task: "whole-life", ...wanted } };
  return {
    call: { method: "POST", path: "/__admin/clock/advance", body },
    status: 200,
    holds: { reached: true },
  };
}

/** From creation to deletion with every operation that changes a task, and no waiting in between. */
export const wholeLife: readonly Stage[] = [
  {
    call: api("POST", "/api/v2/tasks/me", {
      template_version_id: version,
      name: "whole-life",
      input: "Mend the footer.",
    }),
    status: 201,
    holds: { status: "pending" },
  },
  until({ status: "active" }),
  { call: api("POST", `${task}/send`, { input: "The header as well." }), status: 204 },
  until({ state: "idle" }),
  { call: api("POST", `${task}/pause`), status: 202 },
  until({ status: "paused" }),
  { call: api("PATCH", `${task}/input`, { input: "Mend the sidebar." }), status: 204 },
  { call: api("POST", `${task}/resume`), status: 202 },
  until({ status: "active" }),
  {
    call: api("GET", task),
    status: 200,
    holds: { status: "active", workspace_build_number: 3, initial_prompt: "Mend the sidebar." },
  },
  { call: api("DELETE", task), status: 202 },
  { call: api("GET", task), status: 404 },
];

/** Lives it once, one call after the other, and gives the answers. */
export async function live(client: HttpClient): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  for (const { call } of wholeLife) {
    const path = call.path.replace(anId, answers[0]?.body.id);
    answers.push(await client.call({ ...call, path }));
  }
  return answers;
}
