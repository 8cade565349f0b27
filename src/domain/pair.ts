import type { Agent, App } from "./agent.ts";
import type { Instant } from "./instant.ts";
import type { Task } from "./task.ts";
import { type Build, latestBuild, type Workspace } from "./workspace.ts";

/** A workspace and its task, which change together. The task is absent once it is gone for good. */
export interface Pair {
  readonly workspace: Workspace;
  readonly task: Task | undefined;
}

/** The pair with its latest build changed; unchanged without a build. */
export function withBuild(pair: Pair, change: (build: Build) => Build): Pair {
  const { workspace } = pair;
  const build = latestBuild(workspace);
  if (build === undefined) return pair;
  return { ...pair, workspace: { ...workspace, builds: [...workspace.builds.slice(0, -1), change(build)] } };
}

/** The pair with its latest build's agent changed; unchanged without an agent. */
export function withAgent(pair: Pair, at: Instant, change: (agent: Agent) => Agent): Pair {
  return withBuild(pair, (build) =>
    build.agent === undefined ? build : { ...build, updatedAt: at, agent: change(build.agent) },
  );
}

/** The pair with its latest build's app changed; unchanged without an agent. */
export function withApp(pair: Pair, at: Instant, change: (app: App) => App): Pair {
  return withAgent(pair, at, (agent) => ({ ...agent, app: change(agent.app) }));
}

/** The pair with its task changed; unchanged without a task. */
export function withTask(pair: Pair, change: (task: Task) => Task): Pair {
  return pair.task === undefined ? pair : { ...pair, task: change(pair.task) };
}
