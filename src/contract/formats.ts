import { type DefinedFormats, type FormatName, fullFormats } from "ajv-formats/dist/formats.js";

type AjvFormat = DefinedFormats[FormatName];

/**
 * The formats that a contract may use. Those of ajv-formats are kept but for the two that nearly every value of the API
 * has: there they are too lenient (a blank for `T`, leap seconds, `urn:uuid:`) and, being regular expressions, cost more
 * than all other checks of a task together.
 */
export const contractFormats: Readonly<Record<string, AjvFormat>> = {
  ...fullFormats,
  "date-time": isDateTime,
  uuid: isUuid,
};

/** How a value of the format looks, as the end of a sentence. */
export function describeFormat(format: string): string {
  return Object.hasOwn(descriptions, format) ? (descriptions[format] ?? "") : `a value of format "${format}"`;
}

const descriptions: Readonly<Record<string, string>> = {
  "date-time": "an RFC 3339 date-time such as 2026-01-31T12:00:00Z",
  date: "a date such as 2026-01-31",
  uuid: "a uuid such as 00000000-0000-4000-8000-000000000000",
  uri: "an absolute URI such as https://example.com/path",
  "uri-reference": "a URI reference such as /path?query",
  email: "an email address such as user@example.com",
  hostname: "a host name such as example.com",
  ipv4: "an IPv4 address such as 192.0.2.1",
  ipv6: "an IPv6 address such as 2001:db8::1",
  int32: "an integer of 32 bits",
  int64: "an integer of 64 bits",
  regex: "a regular expression",
  "json-pointer": "a JSON pointer such as /tasks/0",
};

const zero = 48;
const dash = 45;
const colon = 58;

/**
 * RFC 3339 `date-time`: `2026-01-31T12:00:00Z`, a real day of the calendar, `T` and an offset required (either case, as
 * the RFC has it), up to nine digits of a second. No leap second: the provider's parser refuses it.
 */
function isDateTime(text: string): boolean {
  if (text.length < 20 || text.length > 35) return false;
  if (!hasPunctuation(text)) return false;
  const offset = fractionEnd(text);
  return offset > 0 && isDay(text) && isTime(text, 11) && isSecond(text) && isOffset(text, offset);
}

/** The 36 characters of a uuid, in either case and of any version; no braces, no `urn:uuid:`. */
function isUuid(text: string): boolean {
  if (text.length !== 36) return false;
  for (let index = 0; index < 36; index += 1) {
    const code = text.charCodeAt(index);
    if (index === 8 || index === 13 || index === 18 || index === 23) {
      if (code !== dash) return false;
    } else if (!isHex(code)) return false;
  }
  return true;
}

function isHex(code: number): boolean {
  return isDigit(code) || (code >= 97 && code <= 102) || (code >= 65 && code <= 70);
}

function isDigit(code: number): boolean {
  return code >= zero && code <= zero + 9;
}

function hasPunctuation(text: string): boolean {
  const separator = text.charCodeAt(10);
  return (
    text.charCodeAt(4) === dash &&
    text.charCodeAt(7) === dash &&
    (separator === 84 || separator === 116) &&
    text.charCodeAt(16) === colon
  );
}

/** Where the offset begins: behind the seconds and their fraction; -1 when the fraction is malformed. */
function fractionEnd(text: string): number {
  if (text.charCodeAt(19) !== 46) return 19;
  let index = 20;
  while (isDigit(text.charCodeAt(index))) index += 1;
  return index > 20 && index <= 29 ? index : -1;
}

function isDay(text: string): boolean {
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 2);
  const day = digits(text, 8, 2);
  return year >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= daysOfMonth(year, month);
}

function daysOfMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function isSecond(text: string): boolean {
  const second = digits(text, 17, 2);
  return second >= 0 && second <= 59;
}

/** `hh:mm` at the given place. */
function isTime(text: string, start: number): boolean {
  const hour = digits(text, start, 2);
  const minute = digits(text, start + 3, 2);
  return text.charCodeAt(start + 2) === colon && hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59;
}

/** `Z` or `+hh:mm`, up to the end of the text. */
function isOffset(text: string, start: number): boolean {
  const code = text.charCodeAt(start);
  if (code === 90 || code === 122) return text.length === start + 1;
  return (code === 43 || code === dash) && text.length === start + 6 && isTime(text, start + 1);
}

/** The number at the given place, or -1 when there is anything but digits. */
function digits(text: string, start: number, count: number): number {
  let number = 0;
  for (let index = start; index < start + count; index += 1) {
    const code = text.charCodeAt(index);
    if (!isDigit(code)) return -1;
    number = number * 10 + (code - zero);
  }
  return number;
}
