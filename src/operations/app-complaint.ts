import type { Refusal } from "../domain/refusal.ts";
import type { App } from "../domain/workspace.ts";

/** Why a task's app cannot be talked to, in the provider's order of checks; undefined when it can. */
export function appComplaint(app: App | undefined, what: "status" | "messages"): Refusal | undefined {
  if (app === undefined || !app.linked) return { kind: "no-app" };
  if (app.url === "") return { kind: "app-url-missing" };
  const scheme = app.url.split(":", 1)[0] ?? "";
  if (scheme !== "http" && scheme !== "https") return { kind: "app-url-scheme", scheme };
  return app.reachable ? undefined : { kind: "app-unreachable", what };
}
