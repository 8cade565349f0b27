import { pointerFragment, pointerKeys } from "./json-pointer.ts";
import { cutAt, isSecretName, receivedText, redacted } from "./received.ts";
import type { Direction, Place, Violation, ViolationRule } from "./violation.ts";

/** Where a checked value stands. */
export interface Site {
  readonly direction: Direction;
  readonly place: Place;
  /** JSON pointer of the value inside the place: `/limit` for a parameter, empty for a body. */
  readonly prefix: string;
}

/** What was found wrong with a value, before it is put into words. */
export interface Finding {
  readonly rule: ViolationRule;
  readonly severity: Violation["severity"];
  /** Inside the checked value. */
  readonly path: string;
  readonly received?: unknown;
  readonly expected: string;
  /** Pointer into the document. */
  readonly spec: string;
}

/** Names may be as long as a body, and violations are kept by the thousand. */
const longestPointer = 500;

/** Puts a finding into the words of a violation: full pointer, received value as text, secrets redacted. */
export function violation(site: Site, finding: Finding): Violation {
  const { rule, severity, path, expected, spec } = finding;
  const { direction, place } = site;
  const whole = `${site.prefix}${path}`;
  const pointer = cutAt(longestPointer, whole);
  const common = { direction, severity, place, pointer, rule, expected, spec: pointerFragment(spec) };
  if (finding.received === undefined) return common;
  const secret = pointerKeys(whole).some(isSecretName);
  return { ...common, received: secret ? redacted : receivedText(finding.received) };
}
