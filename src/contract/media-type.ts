/** A `Content-Type` in parts, in lower case. */
export interface MediaType {
  /** `application/json` */
  readonly essence: string;
  readonly charset: string | undefined;
}

/** Reads a header value; undefined when it is no media type. */
export function parseMediaType(header: string): MediaType | undefined {
  const [essence = "", ...parameters] = header.split(";").map((part) => part.trim().toLowerCase());
  if (!/^[\w!#$&^.+*-]+\/[\w!#$&^.+*-]+$/u.test(essence)) return undefined;
  const charset = parameters.find((parameter) => parameter.startsWith("charset="));
  return { essence, charset: charset?.slice("charset=".length).replaceAll('"', "") };
}

/** The documented media type or range that fits, the most specific one first. */
export function fittingMediaType(essence: string, documented: readonly string[]): string | undefined {
  const [type = ""] = essence.split("/");
  const fitting = [essence, `${type}/*`, "*/*"];
  return fitting
    .map((wanted) => documented.find((one) => essenceOf(one) === wanted))
    .find((one) => one !== undefined);
}

/** Whether values under a documented media type or range are JSON. */
export function isJsonMediaType(documented: string): boolean {
  const essence = essenceOf(documented);
  return (
    essence === "*/*" || essence === "application/*" || /^application\/(?:json|[\w.-]+\+json)$/u.test(essence)
  );
}

function essenceOf(documented: string): string {
  return parseMediaType(documented)?.essence ?? documented.trim().toLowerCase();
}
