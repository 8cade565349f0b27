interface Task {
  readonly name: string;
  readonly display_name: string;
  readonly status: string;
  readonly current_state?: { readonly state: string; readonly message: string } | null;
  /** The API's pages show an object. Deployments send the id itself, or null. */
  readonly workspace_id: { readonly uuid: string; readonly valid: boolean } | string | null;
}

interface LogEntry {
  readonly type: "input" | "output";
  readonly content: string;
}

const page = {
  tasks: byId("tasks", HTMLUListElement),
  problem: byId("problem", HTMLElement),
  task: byId("task", HTMLElement),
  title: byId("title", HTMLElement),
  logs: byId("logs", HTMLElement),
  form: byId("form", HTMLFormElement),
  input: byId("input", HTMLTextAreaElement),
  refusal: byId("refusal", HTMLElement),
};
let latest = 0;
let followed: string | undefined;
let socket: WebSocket | undefined;

/** Asks the API, which stands behind the server that the page comes from. Throws what the API has to say against it. */
async function call(path: string, body?: object): Promise<unknown> {
  const post = {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  };
  const answer = await fetch(`/api/v2${path}`, body && post);
  const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
  const content = isJson ? await answer.json() : undefined;
  if (!answer.ok) throw new Error(content?.message ?? `The API gave no answer (${answer.status}).`);
  return content;
}

/** Brings the page up to date. When a later call has begun meanwhile, that one does it. */
async function show(): Promise<void> {
  const turn = ++latest;
  let problem = "";
  try {
    await load(location.hash.slice(1), () => turn === latest);
  } catch (error) {
    problem = messageOf(error);
  }
  if (turn === latest) page.problem.textContent = problem;
}

async function load(name: string, isCurrent: () => boolean): Promise<void> {
  const { tasks } = (await call("/tasks?q=owner:me")) as { tasks: readonly Task[] };
  if (!isCurrent()) return;
  showTasks(tasks, name);
  const task = tasks.find((one) => one.name === name);
  follow(task?.workspace_id ?? null);
  page.task.hidden = task === undefined;
  if (task === undefined) return;
  if (page.task.dataset["name"] !== name) page.logs.replaceChildren();
  page.task.dataset["name"] = name;
  page.title.textContent = task.display_name;
  const { logs } = (await call(`/tasks/me/${name}/logs`)) as { logs: readonly LogEntry[] };
  if (isCurrent()) showLogs(logs);
}

function showTasks(tasks: readonly Task[], chosen: string): void {
  const focused = document.activeElement?.getAttribute("href");
  const items = tasks.map((task) => {
    const badge = element("span", { className: `badge ${task.status}` }, task.status);
    const state = element("small", {}, task.current_state?.message ?? "");
    const link = element("a", { href: `#${task.name}` }, element("strong", {}, task.name), badge, state);
    if (task.name === chosen) link.ariaCurrent = "page";
    return element("li", {}, link);
  });
  page.tasks.replaceChildren(...items);
  if (focused) page.tasks.querySelector<HTMLElement>(`[href="${CSS.escape(focused)}"]`)?.focus();
}

/** Adds what is new, so that a screen reader reads that alone. */
function showLogs(logs: readonly LogEntry[]): void {
  if (logs.length < page.logs.childElementCount) page.logs.replaceChildren();
  for (const { type, content } of logs.slice(page.logs.childElementCount)) {
    const author = element("b", {}, type === "input" ? "You" : "Agent");
    page.logs.append(element("p", { className: type }, author, content));
  }
  page.logs.lastElementChild?.scrollIntoView({ block: "nearest" });
}

/** Looks again whenever the workspace of the chosen task has changed. */
function follow(workspace: Task["workspace_id"]): void {
  const id = typeof workspace === "string" ? workspace : workspace?.valid ? workspace.uuid : undefined;
  if (id === followed) return;
  followed = id;
  socket?.close();
  socket = id === undefined ? undefined : new WebSocket(`/api/v2/workspaces/${id}/watch-ws`);
  socket?.addEventListener("message", show);
}

async function send(event: SubmitEvent): Promise<void> {
  event.preventDefault();
  page.refusal.textContent = "";
  try {
    await call(`/tasks/me/${location.hash.slice(1)}/send`, { input: page.input.value });
    page.form.reset();
    await show();
  } catch (error) {
    page.refusal.textContent = messageOf(error);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]>,
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function byId<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const found = document.getElementById(id);
  if (found instanceof kind) return found;
  throw new Error(`The page has no ${kind.name} with id ${id}.`);
}

addEventListener("hashchange", () => {
  page.refusal.textContent = "";
  void show();
});
page.form.addEventListener("submit", send);
void show();
