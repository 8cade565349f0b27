import { describe, expect, it } from "vitest";
import { tokenOf } from "../../src/operations/credentials.ts";

const places = ["cookie", "query", "header", "bearer", "access"] as const;
type Place = (typeof places)[number];

/** A request with these tokens; an empty text is sent as such. */
function request(tokens: Partial<Record<Place, string>>) {
  const headers: Record<string, string> = {};
  const query: [string, string][] = [["other", "x"]];
  if (tokens.cookie !== undefined) headers["cookie"] = `a=b; coder_session_token=${tokens.cookie}; c=d`;
  if (tokens.query !== undefined) query.push(["coder_session_token", tokens.query]);
  if (tokens.header !== undefined) headers["coder-session-token"] = tokens.header;
  if (tokens.bearer !== undefined) headers["authorization"] = `Bearer ${tokens.bearer}`;
  if (tokens.access !== undefined) query.push(["access_token", tokens.access]);
  return { headers, query };
}

const subsets = Array.from({ length: 2 ** places.length }, (_, bits) =>
  places.filter((_place, index) => (bits >> index) & 1),
);

describe("the token of a request", () => {
  it.each(subsets.map((subset) => [subset]))("comes from the first place of %j", (subset) => {
    expect(tokenOf(request(Object.fromEntries(subset.map((place) => [place, place]))))).toBe(subset[0]);
  });

  it.each(subsets.map((subset) => [subset]))("passes over the empty places outside %j", (subset) => {
    const tokens = Object.fromEntries(
      places.map((place) => [place, subset.includes(place) ? place : ""] as const),
    );
    expect(tokenOf(request(tokens))).toBe(subset[0]);
  });

  it.each(["Bearer t", "bearer t", "BEARER t", "Bearer   t", "Bearer t "])(
    "is read from %j",
    (authorization) => {
      expect(tokenOf({ headers: { authorization }, query: [] })).toBe("t");
    },
  );

  it.each(["Basic t", "Bearert", "t", "Bearer", ""])("is not read from %j", (authorization) => {
    expect(tokenOf({ headers: { authorization }, query: [] })).toBeUndefined();
  });

  it.each([
    ["coder_session_token=t", "t"],
    ['coder_session_token="t"', "t"],
    ["x=1;coder_session_token=t", "t"],
    ["coder_session_token=a=b", "a=b"],
    ["xcoder_session_token=t", undefined],
    ["Coder_session_token=t", undefined],
  ])("in the cookie header %j is %j", (cookie, token) => {
    expect(tokenOf({ headers: { cookie }, query: [] })).toBe(token);
  });
});
