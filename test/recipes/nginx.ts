import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packageRoot } from "../../src/runtime/package-root.ts";
import { type Serving, stopped } from "./replica.ts";

const recipe = join(packageRoot, "docs/recipes/shared-server/nginx.conf");

/** Starts nginx with the file of the recipe as it stands there, but for the ports. */
export async function startNginx(replicas: readonly Serving[]): Promise<Serving> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "mock-nginx-"));
  writeFileSync(join(folder, "mock.conf"), withPorts(readFileSync(recipe, "utf8"), port, replicas));
  writeFileSync(join(folder, "nginx.conf"), around(folder));
  const { PATH = "" } = process.env;
  const child = spawn("nginx", ["-p", folder, "-e", "stderr", "-c", join(folder, "nginx.conf")], {
    env: { PATH: `${PATH}:/usr/sbin` },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const complaints: string[] = [];
  child.stderr.on("data", (chunk) => complaints.push(String(chunk)));
  const failed = new Promise<never>((_, reject) => {
    child.on("error", reject);
    child.on("close", () => reject(new Error(`nginx has ended:\n${complaints.join("")}`)));
  });
  // Behind the start, its end is what is wanted.
  failed.catch(() => undefined);
  await Promise.race([untilItTakesConnections(port), failed]);
  const stop = async () => {
    await stopped(child);
    rmSync(folder, { recursive: true, force: true });
  };
  return { url: `http://127.0.0.1:${port}`, port, stop };
}

function withPorts(text: string, port: number, replicas: readonly Serving[]): string {
  const printed = [...text.matchAll(/server 127\.0\.0\.1:(\d+)/g)].map(([, one = ""]) => one);
  if (printed.length !== replicas.length) throw new Error(`The recipe has ${printed.length} replicas.`);
  const filled = printed.reduce(
    (before, one, index) => before.replace(`127.0.0.1:${one}`, `127.0.0.1:${replicas[index]?.port}`),
    text,
  );
  return filled.replace("listen 8080;", `listen 127.0.0.1:${port};`);
}

/** What Debian's own nginx.conf has around the files that it includes, in a folder that anybody may write to. */
function around(folder: string): string {
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((one) => {
    mkdirSync(join(folder, one));
    return `${one}_temp_path ${join(folder, one)};`;
  });
  return `daemon off; worker_processes 2; pid ${folder}/pid; error_log stderr warn;
events {}
http { access_log off; ${temporary.join(" ")} include ${folder}/mock.conf; }
`;
}

async function freePort(): Promise<number> {
  const server = createServer();
  const address = await new Promise<unknown>((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve(server.address()));
  });
  await new Promise((resolve) => server.close(resolve));
  if (typeof address === "object" && address !== null && "port" in address) return Number(address.port);
  throw new Error("No port is free.");
}

/** nginx says nothing when it is up. */
async function untilItTakesConnections(port: number): Promise<void> {
  for (;;) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, "127.0.0.1", () => resolve(true));
      socket.on("error", () => resolve(false)).on("connect", () => socket.destroy());
    });
    if (isOpen) return;
  }
}
