// Load on a server, and what came of it.
import autocannon from "autocannon";
import { askAgain } from "./sockets.mjs";

const connections = 32;

/**
 * Answers under 32 connections that each wait for an answer before they ask again:
 * `perSecond`, of time as it passes;
 * `perCpuSecond`, of time that the server computed: what else the machine does weighs less on it;
 * `generatorBusy`, the share of a core that the load generator used: near 1, the server was faster than measured.
 * Throws when any answer had another status than `status`, or none came.
 */
export async function measureLoad(server, one, { warmUp, seconds }) {
  const fire = one.sockets ? fireSockets : fireAutocannon;
  await fire(server.url, one, warmUp);
  const before = { own: process.cpuUsage(), server: server.cpuSeconds() };
  const begun = performance.now();
  const answers = await fire(server.url, one, seconds);
  const took = (performance.now() - begun) / 1_000;
  const own = process.cpuUsage(before.own);
  return {
    perSecond: answers / took,
    perCpuSecond: answers / (server.cpuSeconds() - before.server),
    generatorBusy: (own.user + own.system) / 1e6 / took,
  };
}

async function fireSockets(url, { requests: [request], status }, seconds) {
  const { answers } = await askAgain(url, request, { connections, seconds, status });
  return answers;
}

async function fireAutocannon(url, { requests, status, title }, seconds) {
  // A thread of its own for each run: one that has fired at other cases before reads answers at another pace, for which the
  // server may need half as much time again. autocannon keeps what it builds on the request objects, so each gets its own.
  const shots = { url, connections, duration: seconds, requests: structuredClone(requests) };
  const options = { ...shots, workers: 1 };
  const { statusCodeStats, errors } = await autocannon(options);
  const answered = Object.entries(statusCodeStats ?? {}).map(([code, { count }]) => [Number(code), count]);
  if (answered.length !== 1 || answered[0][0] !== status || errors > 0) {
    const seen = answered.map(([code, count]) => `${count} with ${code}`).join(", ") || "no answer";
    throw new Error(
      `${title}: every answer must have status ${status}, but there were ${seen}, and ${errors} errors.`,
    );
  }
  return answered[0][1];
}

/** The median time of an answer, in milliseconds, on one connection, one request after another. */
export async function measureOneCaller({ url }, request, { warmUp, seconds }) {
  const one = { connections: 1, status: 200 };
  await askAgain(url, request, { ...one, seconds: warmUp });
  const { times } = await askAgain(url, request, { ...one, seconds });
  return median(times);
}

export function median(values) {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
