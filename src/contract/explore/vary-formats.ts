/** A value written otherwise, and how. */
export interface Writing {
  readonly label: string;
  readonly text: string;
}

/** Writings of the same value in a format; none for a format that has only one, or that nobody knows here. */
export function otherWritings(format: string, text: string): readonly Writing[] {
  if (format === "date-time") return instantWritings(text);
  return format === "uuid" ? [{ label: "in upper case", text: text.toUpperCase() }] : [];
}

const rfc3339 = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$/iu;
const minute = 60_000;
/** Minutes: one offset that is no whole hour, one on the other side of Greenwich, and zero written out. */
const offsets = { "+05:30": 330, "-08:00": -480, "+00:00": 0 } as const;

/** Always the same instant. Digits of a second behind the third are kept as they are. */
function instantWritings(text: string): readonly Writing[] {
  const match = rfc3339.exec(text);
  if (match === null) return [];
  const [, day = "", time = "", digits = "", zone = ""] = match;
  const fraction = digits === "" ? "" : `.${digits}`;
  const second = Date.parse(`${day}T${time}${zone.toUpperCase()}`);
  const shifted = Object.entries(offsets).flatMap(([offset, minutes]) => {
    const local = localTime(second + minutes * minute);
    return local === undefined
      ? []
      : [{ label: `with offset ${offset}`, text: `${local}${fraction}${offset}` }];
  });
  return [
    ...shifted,
    { label: "to the nanosecond", text: `${day}T${time}.${digits.padEnd(9, "0")}${zone}` },
    { label: "in lower case", text: text.toLowerCase() },
  ];
}

/** Undefined for what a year of four digits cannot hold. */
function localTime(milliseconds: number): string | undefined {
  const date = new Date(milliseconds);
  const text = Number.isNaN(date.getTime()) ? "" : date.toISOString();
  return text.length === "0000-00-00T00:00:00.000Z".length ? text.slice(0, 19) : undefined;
}
