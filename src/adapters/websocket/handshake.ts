import type { Upgrade } from "./socket-acceptor.ts";

/** 16 bytes in base64. */
const key = /^[+/0-9A-Za-z]{22}==$/;
const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** Whether a request that asks for a WebSocket has all that RFC 6455, section 4.2.1, wants of it. */
export function isWholeHandshake(headers: Upgrade["request"]["headers"]): boolean {
  const protocols = headers["sec-websocket-protocol"]?.split(",").map((name) => name.trim()) ?? [];
  return (
    key.test(headers["sec-websocket-key"] ?? "") &&
    headers["sec-websocket-version"] === "13" &&
    protocols.every((name) => token.test(name)) &&
    new Set(protocols).size === protocols.length
  );
}
