// A load generator that only counts bytes, for what autocannon is too heavy or too coarse for: it reads an answer of
// 1.3 MB in longer than the mock takes to write it, and tells latency in whole milliseconds.
import { connect } from "node:net";

/** Larger than any head, so that a head never comes in two pieces: servers here write it together with the body. */
const bufferSize = 262_144;

/**
 * Sends one request again and again, each connection waiting for its answer. Resolves to the number of answers and the
 * times that they took, in milliseconds, first byte out to last byte in. Rejects when an answer has another status.
 */
export async function askAgain(url, request, { connections, seconds, status }) {
  const run = { answers: 0, times: [], running: true };
  const bytes = written(url, request);
  const ended = Promise.all(
    Array.from({ length: connections }, () => keepAsking(url, bytes, { run, status })),
  );
  const timer = setTimeout(() => {
    run.running = false;
  }, seconds * 1_000);
  await ended.finally(() => clearTimeout(timer));
  return { answers: run.answers, times: run.times };
}

function written(url, { method, path, headers }) {
  const fields = Object.entries({ host: new URL(url).host, ...headers });
  const head = fields.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${head}\r\n`);
}

function keepAsking(url, bytes, { run, status }) {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    let left = 0;
    let asked = 0;
    const ask = () => {
      asked = performance.now();
      socket.write(bytes);
    };
    const receive = (length, buffer) => {
      if (left === 0) left = answerLength(buffer.latin1Slice(0, Math.min(length, 2_048)), status);
      left -= length;
      if (left > 0) return true;
      run.answers += 1;
      run.times.push(performance.now() - asked);
      if (run.running) ask();
      else socket.destroy();
      return true;
    };
    const onread = {
      buffer: Buffer.allocUnsafe(bufferSize),
      callback(length, buffer) {
        try {
          return receive(length, buffer);
        } catch (error) {
          socket.destroy(error);
          return false;
        }
      },
    };
    const socket = connect({ host: hostname, port: Number(port), noDelay: true, onread });
    socket.on("connect", ask);
    socket.on("error", reject);
    socket.on("close", resolve);
    socket.on("end", () => reject(new Error(`${url} closed a connection that was in use.`)));
  });
}

/** Bytes of a whole answer, by its head. */
function answerLength(head, status) {
  const end = head.indexOf("\r\n\r\n");
  const length = /^content-length: (\d+)$/im.exec(head)?.[1];
  if (end < 0 || length === undefined || !head.startsWith(`HTTP/1.1 ${status} `)) {
    throw new Error(
      `Expected status ${status} and a length but received ${JSON.stringify(head.slice(0, 80))}.`,
    );
  }
  return end + 4 + Number(length);
}
