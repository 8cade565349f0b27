import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { requestViolations } from "./sample-document.ts";

/** Every format that the documents use or may come to use, with values to accept and to refuse. */
const samples: Readonly<
  Record<string, { readonly accepted: readonly string[]; readonly refused: readonly string[] }>
> = {
  "date-time": {
    accepted: [
      "2026-01-31T12:00:00Z",
      "2026-01-31T12:00:00.1Z",
      "2026-01-31T12:00:00.123456789Z",
      "2026-01-31T23:59:59+23:59",
      "2026-01-31T00:00:00-00:00",
      "2024-02-29T12:00:00Z",
      "2000-02-29T12:00:00Z",
      "0000-02-29T00:00:00Z",
      "2026-01-31t12:00:00z",
    ],
    refused: [
      "",
      "2026-01-31",
      "2026-01-31 12:00:00Z",
      "2026-01-31T12:00:00",
      "2026-01-31T12:00Z",
      "2026-01-31T12:00:00.Z",
      "2026-01-31T12:00:00.1234567890Z",
      "2026-01-31T12:00:00+0100",
      "2026-01-31T12:00:00+24:00",
      "2026-01-31T12:00:00+01:60",
      "2026-01-31T12:00:00+01:00Z",
      "2026-01-31T24:00:00Z",
      "2026-01-31T12:60:00Z",
      "2026-12-31T23:59:60Z",
      "2026-01-31T12:00:xxZ",
      "2026-01-32T12:00:00Z",
      "2026-00-31T12:00:00Z",
      "2026-13-31T12:00:00Z",
      "2026-04-31T12:00:00Z",
      "2026-02-29T12:00:00Z",
      "1900-02-29T12:00:00Z",
      "-026-01-31T12:00:00Z",
      "2026-01-00T12:00:00Z",
      "2026-01-31T12:00:00Z ",
      "２026-01-31T12:00:00Z",
    ],
  },
  uuid: {
    accepted: [
      "497f6eca-6276-4993-bfeb-53cbbbba6f08",
      "497F6ECA-6276-4993-BFEB-53CBBBBA6F08",
      "00000000-0000-0000-0000-000000000000",
    ],
    refused: [
      "",
      "string",
      "497f6eca62764993bfeb53cbbbba6f08",
      "{497f6eca-6276-4993-bfeb-53cbbbba6f08}",
      "urn:uuid:497f6eca-6276-4993-bfeb-53cbbbba6f08",
      "497f6eca-6276-4993-bfeb-53cbbbba6f0g",
      "497f6eca-6276-4993-bfeb-53cbbbba6f0",
      "497f6eca_6276_4993_bfeb_53cbbbba6f08",
    ],
  },
  date: { accepted: ["2026-01-31"], refused: ["2026-02-30", "31.01.2026"] },
  uri: { accepted: ["https://example.com/a?b#c"], refused: ["/relative", "not a uri"] },
  "uri-reference": { accepted: ["/relative?x=1"], refused: ["a b"] },
  email: { accepted: ["user@example.com"], refused: ["user", "user@"] },
  hostname: { accepted: ["example.com"], refused: ["-example", "a b"] },
  ipv4: { accepted: ["192.0.2.1"], refused: ["192.0.2.256"] },
  ipv6: { accepted: ["2001:db8::1"], refused: ["2001:db8"] },
};

function accepts(format: string, value: string): boolean {
  return requestViolations({ type: "string", format }, value).length === 0;
}

describe.each(Object.entries(samples))("the format %s", (format, { accepted, refused }) => {
  it.each(accepted)("accepts %j", (value) => {
    expect(accepts(format, value)).toBe(true);
  });

  it.each(refused)("refuses %j", (value) => {
    expect(requestViolations({ type: "string", format }, value)).toMatchObject([{ rule: "format" }]);
  });
});

describe("formats by character codes", () => {
  it("accept every instant that a date can hold", () => {
    const years = { min: new Date("0000-01-01T00:00:00Z"), max: new Date("9999-12-31T23:59:59.999Z") };
    fc.assert(
      fc.property(fc.date({ ...years, noInvalidDate: true }), (date) =>
        accepts("date-time", date.toISOString()),
      ),
      { numRuns: 50 },
    );
  });

  it("accept every uuid", () => {
    fc.assert(
      fc.property(fc.uuid(), (uuid) => accepts("uuid", uuid)),
      { numRuns: 50 },
    );
  });
});
