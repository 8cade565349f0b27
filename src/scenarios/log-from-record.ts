import type { AgentLogLine, BuildLogLine, LogScripts } from "../domain/log-script.ts";
import { fixed, formatSpan, parseSpan, type Span } from "../domain/span.ts";
import { transitions } from "../domain/workspace.ts";
import type {
  AgentLogLineRecord,
  BehaviourRecord,
  BuildLogLineRecord,
  BuildLogRecord,
} from "./behaviour-document.ts";

type LogRecord = Pick<BehaviourRecord, "build_log" | "agent_log">;

/** What is written, with those logs replaced that a checked record has; undefined when neither has any. */
export function withLogs(base: LogScripts | undefined, record: LogRecord): LogScripts | undefined {
  const { build_log: builds, agent_log: agent } = record;
  if (builds === undefined && agent === undefined) return base;
  const build = { ...base?.build };
  for (const transition of transitions) {
    const lines = builds?.[transition];
    if (lines !== undefined) build[transition] = buildLines(lines);
  }
  const agentLines = agent?.map(agentLine) ?? base?.agent;
  return { build, ...(agentLines === undefined ? {} : { agent: agentLines }) };
}

/** The record that `withLogs` reads back. */
export function exportLogs(logs: LogScripts | undefined): LogRecord {
  if (logs === undefined) return {};
  const builds: { -readonly [Key in keyof BuildLogRecord]: BuildLogRecord[Key] } = {};
  for (const transition of transitions) {
    const lines = logs.build[transition];
    if (lines !== undefined) builds[transition] = lines.map(exportBuildLine);
  }
  return {
    ...(Object.keys(builds).length === 0 ? {} : { build_log: builds }),
    ...(logs.agent === undefined ? {} : { agent_log: logs.agent.map(exportAgentLine) }),
  };
}

function buildLines(records: readonly BuildLogLineRecord[]): readonly BuildLogLine[] {
  const lines: BuildLogLine[] = [];
  for (const record of records) {
    const stage = record.stage ?? lines.at(-1)?.stage ?? "";
    lines.push({ ...agentLine(record), stage, source: record.source ?? "provisioner" });
  }
  return lines;
}

function agentLine({ after, level, output, closing }: AgentLogLineRecord): AgentLogLine {
  return {
    after: after === undefined ? fixed(0) : span(after),
    level: level ?? "info",
    output,
    ...(closing === undefined ? {} : { closing }),
  };
}

function span(text: string): Span {
  const read = parseSpan(text);
  if (read === undefined) throw new Error(`"${text}" is no span, although the scenario was checked.`);
  return read;
}

function exportBuildLine(line: BuildLogLine): BuildLogLineRecord {
  return { ...exportAgentLine(line), stage: line.stage, source: line.source };
}

function exportAgentLine({ after, level, output, closing }: AgentLogLine): AgentLogLineRecord {
  return { after: formatSpan(after), level, output, ...(closing === undefined ? {} : { closing }) };
}
