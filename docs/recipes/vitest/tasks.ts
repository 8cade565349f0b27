/** Where the API is, and who calls it. */
export interface Access {
  readonly url: string;
  readonly token: string;
}

interface Task {
  readonly id: string;
  readonly status: string;
}

/** Starts a task of one's own and gives its id. */
export async function startTask(access: Access, template: string, input: string): Promise<string> {
  const { id } = await call(access, "/tasks/me", { template_version_id: template, input });
  return id;
}

/** How a task of one's own is doing. */
export async function statusOf(access: Access, task: string): Promise<string> {
  const { status } = await call(access, `/tasks/me/${task}`);
  return status;
}

/** Asks up to three times while the server is unavailable; throws for every other answer that is no success. */
async function call({ url, token }: Access, path: string, body?: object): Promise<Task> {
  for (let attempt = 1; ; attempt++) {
    const answer = await fetch(`${url}/api/v2${path}`, {
      headers: { "Coder-Session-Token": token, "Content-Type": "application/json" },
      ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
    });
    if (answer.ok) return JSON.parse(await answer.text());
    if (answer.status !== 503 || attempt === 3) throw new Error(`The API answered with ${answer.status}.`);
  }
}
