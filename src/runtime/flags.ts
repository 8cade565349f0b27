/** One setting: a flag, its variable and its help, in one place so that they cannot drift apart. */
export interface Flag {
  readonly name: string;
  /** Stands in the help behind the flag; absent for a switch. */
  readonly value?: string;
  readonly fallback?: string;
  /** Given several times it has several values; in its variable they are separated by commas. */
  readonly repeats?: true;
  readonly help: string;
}

/** Every setting of `serve`, in the order of the help. */
export const serveFlags = [
  {
    name: "port",
    value: "NUMBER",
    fallback: "8080",
    help: "Port to listen on; 0 takes any free one. PORT works too.",
  },
  {
    name: "host",
    value: "ADDRESS",
    fallback: "127.0.0.1",
    help: "Address to bind; beyond loopback the admin API asks for a token.",
  },
  {
    name: "scenario",
    value: "NAME|PATH",
    fallback: "default",
    help: "Start state: a scenario by name, or a file or folder of your own.",
  },
  {
    name: "seed",
    value: "TEXT",
    fallback: "coder-tasks-mock",
    help: "What ids, tokens and generated data derive from; the same seed, the same ones.",
  },
  {
    name: "revision",
    value: "VERSION",
    fallback: "2.34",
    help: "API revision 2.30, 2.31 or 2.34, or any Coder release: the newest not newer.",
  },
  {
    name: "profile",
    value: "documented|wire",
    fallback: "documented",
    help: "Shapes as the API's pages show them, or as deployments send them.",
  },
  {
    name: "clock",
    value: "real|manual",
    fallback: "real",
    help: "Time runs by itself, or moves only through the admin API.",
  },
  {
    name: "speed",
    value: "FACTOR",
    fallback: "1",
    help: "World seconds per real second, above 0 and up to 10000.",
  },
  {
    name: "auth",
    value: "strict|any",
    fallback: "strict",
    help: "any: every token that is sent is taken for the default user's.",
  },
  {
    name: "requests",
    value: "enforce|warn|off",
    fallback: "enforce",
    help: "A request that breaks the contract is refused, only recorded, or not looked at.",
  },
  {
    name: "responses",
    value: "enforce|warn|off",
    fallback: "enforce",
    help: "The same for an answer of the mock's own: held back, recorded, not looked at.",
  },
  {
    name: "min-coverage",
    value: "PERCENT",
    help: "Report at the end what of the contract was met; exit with 1 when it is less.",
  },
  {
    name: "extend",
    value: "FILE",
    repeats: true,
    help: "Answer operations of this OpenAPI document, too, from its examples; repeatable.",
  },
  { name: "extend-dynamic", help: "Answer them with generated data in place of examples." },
  { name: "fail-on-violations", help: "Exit with 1 at the end when requests or answers broke the contract." },
  {
    name: "max-worlds",
    value: "NUMBER",
    fallback: "1000",
    help: "How many worlds there may be beside the default one.",
  },
  {
    name: "world-ttl",
    value: "SPAN",
    fallback: "15m",
    help: "A world that nobody uses is removed after this time; never keeps it.",
  },
  { name: "strict-worlds", help: "Refuse a request that names no world, in place of the default one." },
  {
    name: "admin-token",
    value: "TEXT",
    help: "Bearer token for the admin API; made and printed when bound beyond loopback.",
  },
  { name: "no-admin", help: "Switch the admin API off, all but its health check." },
  {
    name: "report-dir",
    value: "DIR",
    help: "At the end, write reports of all that was asked into this folder.",
  },
  {
    name: "cors",
    value: "off|loopback|any|ORIGIN,...",
    fallback: "loopback",
    help: "Pages that may call the API. None ever calls the admin API.",
  },
  { name: "log-level", value: "LEVEL", fallback: "info", help: "silent, error, warn, info or debug." },
  {
    name: "log-format",
    value: "pretty|json",
    fallback: "pretty",
    help: "Lines for people, or one JSON object a line.",
  },
] as const satisfies readonly Flag[];

export type FlagName = (typeof serveFlags)[number]["name"];

/** The environment variable of a flag. */
export function variableOf(flag: string): string {
  return `CODER_TASKS_MOCK_${flag.toUpperCase().replaceAll("-", "_")}`;
}
