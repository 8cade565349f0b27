import { execFile } from "node:child_process";

export interface Curled {
  /** How curl ended: 0 is well. */
  readonly exit: number;
  /** 0 when no status came. */
  readonly status: number;
  readonly body: string;
}

/** What the program sees. It gives up after `patience` seconds. */
export function curl(url: string, patience = 5): Promise<Curled> {
  const options = [
    "-s",
    "-m",
    String(patience),
    "-H",
    "Coder-Session-Token: API_KEY",
    "-w",
    "\n%{http_code}",
  ];
  return new Promise((resolve, reject) => {
    execFile("curl", [...options, url], (error, output) => {
      const exit = error === null ? 0 : error.code;
      if (typeof exit !== "number") return reject(new Error("curl has to be installed", { cause: error }));
      const end = output.lastIndexOf("\n");
      resolve({ exit, status: Number(output.slice(end + 1)), body: output.slice(0, end) });
    });
  });
}
