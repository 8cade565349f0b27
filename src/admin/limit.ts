import { firstOf, type Query } from "../operations/query.ts";

export const defaultLimit = 100;

/** How many a list shall hold at most; the contract has checked that it is a number from 1 to 1000. */
export function limitOf(query: Query): number {
  const text = firstOf(query, "limit");
  return text === undefined ? defaultLimit : Number(text);
}
