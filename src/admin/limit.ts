import type { Query } from "../operations/operation.ts";

export const defaultLimit = 100;

/** How many a list shall hold at most; the contract has checked that it is a number from 1 to 1000. */
export function limitOf(query: Query): number {
  const text = query.find(([name]) => name === "limit")?.[1];
  return text === undefined ? defaultLimit : Number(text);
}
