import type { Request } from "express";
import type { MockRequest } from "../../engine/journal/exchange.ts";

/** An Express request as plain data. */
export function readRequest(
  request: Request,
  { body, upgrade }: Pick<MockRequest, "body" | "upgrade">,
): MockRequest {
  const url = withoutOrigin(request.originalUrl);
  const mark = url.indexOf("?");
  return {
    method: request.method,
    path: mark < 0 ? url : url.slice(0, mark),
    search: mark < 0 ? "" : url.slice(mark + 1),
    headers: singleValues(request.headers),
    body,
    upgrade,
  };
}

/** A request that went through a proxy may have a target with scheme and host; servers have to take it (RFC 9112, 3.2.2). */
function withoutOrigin(target: string): string {
  if (target.startsWith("/")) return target;
  const [origin] = /^https?:\/\/[^/?]*/i.exec(target) ?? [];
  if (origin === undefined) return target;
  const rest = target.slice(origin.length);
  return rest.startsWith("/") ? rest : `/${rest}`;
}

function singleValues(headers: Request["headers"]): MockRequest["headers"] {
  const single: Record<string, string | undefined> = {};
  for (const name in headers) {
    const value = headers[name];
    single[name] = Array.isArray(value) ? value.join(", ") : value;
  }
  return single;
}
