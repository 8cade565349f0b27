import type { operations } from "../contract/generated/admin.ts";
import type { Operation } from "../operations/operation.ts";
import type { AdminContext } from "./admin-context.ts";
import { forAdmin, forAdminTask, forAnybody, forServer } from "./admin-operation.ts";
import { advanceClock } from "./clock/advance-clock.ts";
import { getClock, setClock } from "./clock/clock.ts";
import { tellingOfClock } from "./clock/tell-clock.ts";
import { getCompatibility } from "./compatibility.ts";
import { clearCoverage, getCoverage } from "./coverage/coverage.ts";
import { streamEvents } from "./events.ts";
import { beginExploring, endExploring, getExploring } from "./explore.ts";
import { clearFaults, getFault, listFaults, planFault, recountFaults, removeFault } from "./faults.ts";
import { getHealth } from "./health.ts";
import { getDocument } from "./openapi.ts";
import { clearRequests, getRequest, listRequests } from "./requests/requests.ts";
import { countRequests, findRequests } from "./requests/requests-find.ts";
import { listUnmatched } from "./requests/requests-unmatched.ts";
import { waitForRequests } from "./requests/requests-wait.ts";
import { resetWorld } from "./reset.ts";
import { getScenario, listScenarios } from "./scenarios.ts";
import { forScope } from "./scope.ts";
import { diffSnapshots } from "./state/snapshot-diff.ts";
import {
  forgetSnapshot,
  getSnapshot,
  listSnapshots,
  restoreSnapshot,
  takeSnapshot,
} from "./state/snapshots.ts";
import { getState, loadState } from "./state/state.ts";
import { steerAgent } from "./tasks/task-agent.ts";
import { steerApp } from "./tasks/task-app.ts";
import { steerBuild } from "./tasks/task-build.ts";
import { addMessage } from "./tasks/task-messages.ts";
import { addReport } from "./tasks/task-report.ts";
import { settleTask } from "./tasks/task-settle.ts";
import { waitForTask } from "./tasks/task-wait.ts";
import { getTask, listTasks } from "./tasks/tasks.ts";
import { listTemplates } from "./templates.ts";
import { mintToken } from "./tokens.ts";
import { addUser, listUsers } from "./users.ts";
import { getVersion } from "./version.ts";
import { listViolations } from "./violations.ts";
import { createWorld } from "./worlds/create-world.ts";
import { deleteWorld, getWorld, listWorlds } from "./worlds/worlds.ts";

/** Every operation id of the admin API. One that the document gains breaks the type check until it is decided on. */
type AdminOperationId = keyof operations;

export type AdminOperations = Readonly<Record<AdminOperationId, Operation<AdminContext>>>;

const onTask = {
  "get-task": forAdminTask(getTask),
  "steer-build": forAdminTask(steerBuild),
  "steer-agent": forAdminTask(steerAgent),
  "steer-app": forAdminTask(steerApp),
  "add-report": forAdminTask(addReport),
  "add-message": forAdminTask(addMessage),
  "settle-task": forAdminTask(settleTask),
  "wait-for-task": forAdminTask(waitForTask),
} as const satisfies Partial<AdminOperations>;

export function createAdminOperations(): AdminOperations {
  return {
    "get-health": forAnybody(getHealth),
    "get-version": forServer(getVersion),
    "get-document": forServer(getDocument),
    "list-worlds": forServer(listWorlds),
    "create-world": forServer(createWorld),
    "get-world": forServer(getWorld),
    "delete-world": forServer(deleteWorld),
    "reset-world": forAdmin(resetWorld),
    "list-scenarios": forServer(listScenarios),
    "get-scenario": forServer(getScenario),
    "get-state": forAdmin(getState),
    "load-state": forAdmin(loadState),
    "list-snapshots": forAdmin(listSnapshots),
    "take-snapshot": forAdmin(takeSnapshot),
    "diff-snapshots": forAdmin(diffSnapshots),
    "get-snapshot": forAdmin(getSnapshot),
    "forget-snapshot": forAdmin(forgetSnapshot),
    "restore-snapshot": forAdmin(restoreSnapshot),
    "list-faults": forAdmin(listFaults),
    "plan-fault": forAdmin(planFault),
    "clear-faults": forAdmin(clearFaults),
    "recount-faults": forAdmin(recountFaults),
    "get-fault": forAdmin(getFault),
    "remove-fault": forAdmin(removeFault),
    "list-users": forAdmin(listUsers),
    "add-user": forAdmin(addUser),
    "mint-token": forAdmin(mintToken),
    "list-templates": forAdmin(listTemplates),
    "list-tasks": forAdmin(listTasks),
    ...onTask,
    "get-clock": forAdmin(getClock),
    "set-clock": forAdmin(tellingOfClock(setClock)),
    "advance-clock": forAdmin(tellingOfClock(advanceClock)),
    "get-exploring": forAdmin(getExploring),
    "begin-exploring": forAdmin(beginExploring),
    "end-exploring": forAdmin(endExploring),
    "list-requests": forAdmin(listRequests),
    "get-request": forAdmin(getRequest),
    "clear-requests": forAdmin(clearRequests),
    "list-unmatched": forAdmin(listUnmatched),
    "find-requests": forAdmin(findRequests),
    "count-requests": forAdmin(countRequests),
    "wait-for-requests": forAdmin(waitForRequests),
    "list-violations": forScope(listViolations),
    "get-compatibility": forAdmin(getCompatibility),
    "get-coverage": forScope(getCoverage),
    "clear-coverage": forScope(clearCoverage),
    "stream-events": streamEvents,
  };
}
