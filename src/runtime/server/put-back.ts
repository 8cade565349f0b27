import type { IncomingMessage, Server } from "node:http";

/**
 * Clients that offer HTTP/2 with their first request (Java's does) expect an answer in HTTP/1.1 from a server that has none.
 * Node gives away the connection of every request that wants an upgrade, so the request is put back as it came, without that
 * wish. `behind` is what its client has sent since.
 */
export function putBack(server: Server, request: IncomingMessage, behind: Buffer): void {
  const { method, url, httpVersion, rawHeaders, socket } = request;
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const [name = "", value = ""] = rawHeaders.slice(index, index + 2);
    if (!/^(?:upgrade|http2-settings)$/i.test(name)) lines.push(`${name}: ${withoutUpgrade(name, value)}`);
  }
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1"), behind]));
  server.emit("connection", socket);
}

function withoutUpgrade(name: string, value: string): string {
  if (name.toLowerCase() !== "connection") return value;
  const kept = value.split(",").filter((token) => !/^\s*(?:upgrade|http2-settings)\s*$/i.test(token));
  return kept.join(",");
}
