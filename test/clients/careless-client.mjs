// A small client of the tasks API, as somebody writes it who reads the documentation once and tries things out against a
// deployment that happens to be new, quiet and kind. It means well. Its mistakes are planted; test/process/careless-client.test.ts
// expects each of them to be named by the tool whose business it is.
const { CODER_URL, CODER_SESSION_TOKEN } = process.env;

async function call(method, path, body) {
  const answer = await fetch(`${CODER_URL}/api/v2${path}`, {
    method,
    headers: { "Coder-Session-Token": CODER_SESSION_TOKEN, "Content-Type": "application/json" },
    body: body && JSON.stringify(body),
  });
  const text = await answer.text();
  return { ok: answer.ok, status: answer.status, body: text === "" ? undefined : JSON.parse(text) };
}

// Mistake: null is an object, too.
function plainId(id) {
  return typeof id === "object" ? id.uuid : id;
}

// Mistake: lists of this API know no limit.
const { body: list } = await call("GET", "/tasks?q=owner:me&limit=5");
const working = list.tasks.find(({ status }) => status === "active");

const { body: task } = await call("GET", `/tasks/me/${working.name}`);
console.log(`${task.name} runs in app ${plainId(task.workspace_app_id)}`);

// Mistake: a display name is a text.
const made = await call("POST", "/tasks/me", {
  template_version_id: task.template_version_id,
  input: "Look for dead links.",
  display_name: 7,
});
if (!made.ok) console.log(`No new task: ${made.body.message}`);

// Mistake: not every deployment can pause. And another: a build may be under way, which is a 409.
const paused = await call("POST", `/tasks/me/${task.id}/pause`);
console.log(`${task.name} is paused by build ${paused.body.workspace_build.build_number}`);
