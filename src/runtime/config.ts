import { type ClockSetting, clockModes } from "../domain/clock.ts";
import { parseDuration } from "../domain/duration.ts";
import { type Profile, profiles, type Revision, revisionOf, revisions } from "../domain/revision.ts";
import type { CorsPolicy } from "../engine/cors.ts";
import { checkPolicies, type Policy } from "../engine/policy.ts";
import { type FlagName, serveFlags, variableOf } from "./flags.ts";
import { parsePercent } from "./reports/coverage-gate.ts";

export const logLevels = ["silent", "error", "warn", "info", "debug"] as const;
export type LogLevel = (typeof logLevels)[number];
export const logFormats = ["pretty", "json"] as const;
export type LogFormat = (typeof logFormats)[number];
const authModes = ["strict", "any"] as const;

/** Everything that a server can be told. */
export interface Config {
  readonly port: number;
  readonly host: string;
  readonly scenario: string;
  readonly seed: string;
  readonly revision: Revision;
  readonly profile: Profile;
  readonly clock: ClockSetting;
  readonly auth: (typeof authModes)[number];
  readonly policy: Policy;
  /** Whether a run in which the contract was broken ends with exit code 1. */
  readonly failOnViolations: boolean;
  /** OpenAPI documents whose operations are answered, too. */
  readonly extend: readonly string[];
  /** Whether they are answered with generated data. */
  readonly extendDynamic: boolean;
  /** In percent of operations and documented statuses; undefined: nobody asks. */
  readonly minCoverage: number | undefined;
  readonly maxWorlds: number;
  /** Milliseconds without a request after which a world goes; undefined: never. */
  readonly worldTtl: number | undefined;
  /** Whether a request has to name its world. */
  readonly strictWorlds: boolean;
  readonly adminToken: string | undefined;
  readonly admin: boolean;
  /** Where reports go at the end; undefined: there are none. */
  readonly reportDir: string | undefined;
  readonly cors: CorsPolicy;
  readonly logLevel: LogLevel;
  readonly logFormat: LogFormat;
}

export type ReadConfig =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly complaints: readonly string[] };

/** What the settings come from: flags by name, and the environment. Flags win. */
export interface ConfigSources {
  readonly flags: Readonly<Partial<Record<FlagName, string | boolean>>>;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Reads and checks every setting. All complaints come back, each with what was expected. */
export function readConfig(sources: ConfigSources): ReadConfig {
  const reader = new Reader(sources);
  const config: Config = {
    port: reader.number("port", { least: 0, most: 65_535, whole: true }),
    host: reader.text("host"),
    scenario: reader.text("scenario"),
    seed: reader.text("seed"),
    revision: reader.revision(),
    profile: reader.oneOf("profile", profiles),
    clock: {
      mode: reader.oneOf("clock", clockModes),
      speed: reader.number("speed", { least: Number.MIN_VALUE, most: 10_000, whole: false }),
    },
    auth: reader.oneOf("auth", authModes),
    policy: {
      requests: reader.oneOf("requests", checkPolicies),
      responses: reader.oneOf("responses", checkPolicies),
    },
    failOnViolations: reader.isOn("fail-on-violations"),
    extend: reader.list("extend"),
    extendDynamic: reader.isOn("extend-dynamic"),
    minCoverage: reader.percent("min-coverage"),
    maxWorlds: reader.number("max-worlds", { least: 0, most: 100_000, whole: true }),
    worldTtl: reader.lifetime("world-ttl"),
    strictWorlds: reader.isOn("strict-worlds"),
    adminToken: reader.token("admin-token"),
    admin: !reader.isOn("no-admin"),
    reportDir: reader.reportDir("report-dir"),
    cors: reader.cors(),
    logLevel: reader.oneOf("log-level", logLevels),
    logFormat: reader.oneOf("log-format", logFormats),
  };
  return reader.complaints.length === 0 ? { ok: true, config } : { ok: false, complaints: reader.complaints };
}

class Reader {
  readonly complaints: string[] = [];
  readonly #sources: ConfigSources;

  constructor(sources: ConfigSources) {
    this.#sources = sources;
  }

  text(name: FlagName): string {
    return String(this.#given(name)?.value ?? fallbackOf(name));
  }

  list(name: FlagName): readonly string[] {
    const parts = this.text(name).split(",");
    return parts.map((part) => part.trim()).filter((part) => part !== "");
  }

  isOn(name: FlagName): boolean {
    const given = this.#given(name);
    if (given === undefined || typeof given.value === "boolean") return given?.value === true;
    if (given.value === "true" || given.value === "1") return true;
    if (given.value !== "false" && given.value !== "0" && given.value !== "") {
      this.#complain(name, "true or false");
    }
    return false;
  }

  number(
    name: FlagName,
    range: { readonly least: number; readonly most: number; readonly whole: boolean },
  ): number {
    const text = this.text(name).trim();
    const value = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
    const fits = value >= range.least && value <= range.most && (!range.whole || Number.isInteger(value));
    if (!fits) {
      const kind = range.whole ? `a whole number from ${range.least}` : "a number above 0 and";
      this.#complain(name, range.whole ? `${kind} to ${range.most}` : `${kind} up to ${range.most}`);
    }
    return value;
  }

  /** Goes through headers, which carry nothing else alike in every client. Not shown when it is wrong: it is a secret. */
  token(name: FlagName): string | undefined {
    const text = this.text(name);
    if (/^(?:[!-~](?:[ -~]*[!-~])?)?$/.test(text)) return text || undefined;
    const source = this.#given(name)?.source;
    this.complaints.push(
      `${source} cannot go through a header; expected printable ASCII, with no blank at an end.`,
    );
    return undefined;
  }

  /** Undefined when it is not given. */
  percent(name: FlagName): number | undefined {
    if (this.#given(name) === undefined) return undefined;
    const value = parsePercent(this.text(name));
    if (value === undefined) this.#complain(name, "a number from 0 to 100, in percent");
    return value;
  }

  oneOf<const Value extends string>(name: FlagName, values: readonly [Value, ...Value[]]): Value {
    const text = this.text(name);
    const value = values.find((candidate) => candidate === text);
    if (value === undefined) this.#complain(name, `one of ${values.join(", ")}`);
    return value ?? values[0];
  }

  revision(): Revision {
    const revision = revisionOf(this.text("revision"));
    if (revision === undefined) {
      this.#complain("revision", `one of ${revisions.join(", ")}, or a Coder release from 2.30 on`);
    }
    return revision ?? revisions[0];
  }

  /** A span in milliseconds; undefined for `never`. */
  lifetime(name: FlagName): number | undefined {
    const text = this.text(name);
    const span = parseDuration(text);
    if (text !== "never" && (span === undefined || span === 0)) {
      this.#complain(name, 'a span such as 90s, 15m or 2h, or "never"');
    }
    return span;
  }

  /** What reports tell comes from the admin API. */
  reportDir(name: FlagName): string | undefined {
    const folder = this.text(name) || undefined;
    if (folder !== undefined && this.isOn("no-admin")) this.#complain(name, "no folder under --no-admin");
    return folder;
  }

  cors(): CorsPolicy {
    const text = this.text("cors");
    if (text === "off" || text === "loopback" || text === "any") return { kind: text };
    const origins = text.split(",").map((origin) => origin.trim());
    if (!origins.every((origin) => /^https?:\/\/[^/]+$/.test(origin))) {
      this.#complain(
        "cors",
        "off, loopback, any, or origins such as http://localhost:5173, separated by commas",
      );
    }
    return { kind: "origins", origins };
  }

  #given(name: FlagName): { readonly value: string | boolean; readonly source: string } | undefined {
    const flag = this.#sources.flags[name];
    if (flag !== undefined) return { value: flag, source: `--${name}` };
    const variables = name === "port" ? [variableOf(name), "PORT"] : [variableOf(name)];
    for (const source of variables) {
      const value = this.#sources.environment[source];
      if (value !== undefined && value !== "") return { value, source };
    }
    return undefined;
  }

  #complain(name: FlagName, expected: string): void {
    const given = this.#given(name);
    this.complaints.push(
      `${given?.source ?? `--${name}`} is ${JSON.stringify(given?.value)}; expected ${expected}.`,
    );
  }
}

function fallbackOf(name: FlagName): string {
  const flag = serveFlags.find((candidate) => candidate.name === name);
  return flag !== undefined && "fallback" in flag ? flag.fallback : "";
}
