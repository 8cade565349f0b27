import type { operations } from "../contract/generated/documented.ts";
import { type Profile, type Revision, revisionRules } from "../domain/revision.ts";
import type { World } from "../domain/world.ts";
import { createCreateTask } from "./create-task.ts";
import { deleteTask } from "./delete-task.ts";
import { getLogs } from "./get-logs.ts";
import { createGetTask } from "./get-task.ts";
import { createListTasks } from "./list-tasks.ts";
import { forAgent, forCaller, forTask, forUser, type Operation } from "./operation.ts";
import { createPauseTask } from "./pause-task.ts";
import { createTaskPresenter } from "./present-task.ts";
import { createResumeTask } from "./resume-task.ts";
import { sendInput } from "./send-input.ts";
import { shapes } from "./shape.ts";
import { updateInput } from "./update-input.ts";
import { checkSnapshotQuery, uploadLogSnapshot } from "./upload-log-snapshot.ts";

/** Every operation id of the newest revision. One that the documents gain breaks the type check until it is decided on. */
export type OperationId = keyof operations;

export type StatefulOperations = Readonly<Record<OperationId, Operation<World>>>;

/** The ten operations in the shapes of a profile and revision, sharing one memory of presented tasks. */
export function createStatefulOperations(contract: {
  readonly profile: Profile;
  readonly revision: Revision;
}): StatefulOperations {
  const shape = shapes[contract.profile];
  const present = createTaskPresenter(shape, revisionRules[contract.revision]);
  return {
    "list-ai-tasks": forCaller(createListTasks(present)),
    "create-a-new-ai-task": forUser(createCreateTask(present)),
    "get-ai-task-by-id-or-name": forTask(createGetTask(present)),
    "delete-ai-task": forTask(deleteTask),
    "update-ai-task-input": forTask(updateInput),
    "get-ai-task-logs": forTask(getLogs),
    "send-input-to-ai-task": forTask(sendInput),
    "pause-task": forTask(createPauseTask(shape)),
    "resume-task": forTask(createResumeTask(shape)),
    "upload-task-log-snapshot": forAgent(uploadLogSnapshot, checkSnapshotQuery),
  };
}
