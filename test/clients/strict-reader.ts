/** Takes a value for what a client expects at a place, or throws as the client's own schema would. */
export type Read<T> = (value: unknown, at: string) => T;

export type ReadBy<R> = R extends Read<infer T> ? T : never;

/** An answer that a client cannot read: a field is missing, or of another type. */
export class UnreadableAnswer extends Error {
  /** The field, as `tasks[0].workspace_id`. */
  readonly at: string;

  constructor(at: string, expected: string, value: unknown) {
    super(`${at || "The body"}: expected ${expected}, got ${JSON.stringify(value) ?? "nothing"}.`);
    this.name = "UnreadableAnswer";
    this.at = at;
  }
}

export const text: Read<string> = (value, at) => {
  if (typeof value === "string") return value;
  throw new UnreadableAnswer(at, "text", value);
};

export const count: Read<number> = (value, at) => {
  if (typeof value === "number" && Number.isInteger(value)) return value;
  throw new UnreadableAnswer(at, "an integer", value);
};

export const flag: Read<boolean> = (value, at) => {
  if (typeof value === "boolean") return value;
  throw new UnreadableAnswer(at, "a boolean", value);
};

export const uuid = matching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, "a uuid");
export const stamp = matching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/, "an instant in UTC");

/** Of this a client reads nothing but whether it is there. */
export const anything: Read<unknown> = (value) => value;

export function oneOf<const T extends string>(...known: readonly T[]): Read<T> {
  return (value, at) => {
    const found = known.find((one) => one === value);
    if (found !== undefined) return found;
    throw new UnreadableAnswer(at, `one of ${known.join(", ")}`, value);
  };
}

export function listOf<T>(read: Read<T>): Read<readonly T[]> {
  return (value, at) => {
    if (Array.isArray(value)) return value.map((entry, index) => read(entry, `${at}[${index}]`));
    throw new UnreadableAnswer(at, "a list", value);
  };
}

export function orNull<T>(read: Read<T>): Read<T | null> {
  return (value, at) => (value === null ? null : read(value, at));
}

export function orAbsent<T>(read: Read<T>): Read<T | undefined> {
  return (value, at) => (value === undefined ? undefined : read(value, at));
}

type Fields = Readonly<Record<string, Read<unknown>>>;
type ReadFields<F extends Fields> = { readonly [Name in keyof F]: ReadBy<F[Name]> };

/** The named fields of an object; what else it has is passed over. */
export function objectOf<F extends Fields>(fields: F): Read<ReadFields<F>>;
export function objectOf(fields: Fields): Read<Readonly<Record<string, unknown>>> {
  return (value, at) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw new UnreadableAnswer(at, "an object", value);
    }
    const given = new Map<string, unknown>(Object.entries(value));
    const entries = Object.entries(fields).map(([name, read]) => {
      return [name, read(given.get(name), at === "" ? name : `${at}.${name}`)] as const;
    });
    return Object.fromEntries(entries);
  };
}

function matching(pattern: RegExp, expected: string): Read<string> {
  return (value, at) => {
    if (typeof value === "string" && pattern.test(value)) return value;
    throw new UnreadableAnswer(at, expected, value);
  };
}
