import { isJsonArray, isJsonObject, type JsonValue } from "../../contract/json.ts";
import { isSecretName } from "../../contract/received.ts";
import type { Violation } from "../../contract/violation.ts";
import { parseUuid } from "../../domain/ids.ts";
import type { World } from "../../domain/world.ts";
import { isSessionToken } from "../../domain/world-token.ts";
import { tokenOf } from "../../operations/credentials.ts";
import { parseQuery } from "../query.ts";
import type { Exchange } from "./exchange.ts";

/** What stands where a secret was. */
export const redacted = "[redacted]";

/** A shorter text is no secret, and would be found in every other word. */
const shortestSecret = 6;

const sessionToken = /[0-9a-z]{10}-[0-9a-z]{22}/g;
const uuid = /[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}/gi;
// `\u2026` is the mark of a cut. Written out, it would be the only character beyond Latin-1 in the bundle, for which V8 keeps
// two bytes of every other one.
/** The first part of a token, at the end of a text that was cut in the middle of it. */
const cutToken = /(?:[0-9a-z]{10}-[0-9a-z]{0,21}|[0-9a-f]{8}-[0-9a-f-]{0,27})(?=\u2026?"?$)/;
/** What stands before the mark of a cut. */
const beforeCut = /[^\s"'\u2026]+(?=\u2026)/g;
/** Of a path, a query or a sentence. */
const words = /[^\s"'<>/?&=]+/g;
const member = /"([^"\\]{1,100})"\s*:\s*(?:"(?:[^"\\]|\\.)*"?|[^\s,{}[\]"]+)/g;

/**
 * Takes the secrets out of what is shown of exchanges: whatever stands under a secret-sounding name (header, query
 * parameter, member of a body), and every token wherever it stands: all that have the form of a session token, those of the
 * world's users and agents whatever their form, and those that the exchange itself brought.
 */
export class Redactor {
  readonly #world: World | undefined;
  /** Secrets without a form of their own, longest first. */
  readonly #literals: readonly string[];

  /** Without a world, which may be gone, agent tokens and tokens of a form of their own are not known. */
  constructor(world: World | undefined, others: readonly (string | undefined)[] = []) {
    const ofUsers = world === undefined ? [] : [...world.directory.tokens.values()].map(({ text }) => text);
    const secrets = new Set([...ofUsers, ...others]);
    this.#world = world;
    this.#literals = [...secrets].filter(isWithoutForm).sort((one, other) => other.length - one.length);
  }

  /** One that also knows the tokens that an exchange brought. */
  for({ requestHeaders, search }: Exchange): Redactor {
    const inHeaders = ["cookie", "coder-session-token", "authorization"].map((name) =>
      tokenOf({ headers: { [name]: requestHeaders[name] }, query: [] }),
    );
    const inQuery = parseQuery(search).filter(([name]) => isSecretName(name));
    const brought = [...inHeaders, ...inQuery.map(([, value]) => value)];
    const unknown = brought.filter((text) => isWithoutForm(text) && !this.#literals.includes(text));
    return unknown.length === 0 ? this : new Redactor(this.#world, [...this.#literals, ...unknown]);
  }

  /** Also of a text that was cut and says so by `…`: what stands before that may be the beginning of a token. */
  text(text: string): string {
    const plain = this.#plain(text);
    const clean = plain.includes("…")
      ? plain.replace(beforeCut, (word) => this.#withoutBeginning(word))
      : plain;
    return clean.includes("%") ? clean.replace(words, (word) => this.#encoded(word)) : clean;
  }

  /** A text that may have been cut without a word, so that its end may be the beginning of a token. */
  cutText(text: string): string {
    return this.text(text).replace(cutToken, redacted);
  }

  /** Text that is or may be JSON, although it cannot be read as such: what secret-sounding members hold goes, too. */
  looseJson(text: string): string {
    return this.cutText(text).replace(member, (whole, name: string) =>
      isSecretName(name) ? `${JSON.stringify(name)}:${JSON.stringify(redacted)}` : whole,
    );
  }

  json(value: JsonValue): JsonValue {
    if (typeof value === "string") return this.text(value);
    if (isJsonArray(value)) return value.map((item) => this.json(item));
    if (!isJsonObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [
        this.text(name),
        isSecretName(name) ? redacted : this.json(item ?? null),
      ]),
    );
  }

  /** Bytes that are no text: a secret is found in them as ASCII. */
  bytes(bytes: Uint8Array): Uint8Array {
    let text = "";
    for (const byte of bytes) text += String.fromCharCode(byte);
    const clean = this.cutText(text);
    return clean === text ? bytes : Uint8Array.from(clean, (letter) => letter.charCodeAt(0));
  }

  violation(violation: Violation): Violation {
    const { pointer, expected, received } = violation;
    return {
      ...violation,
      pointer: this.text(pointer),
      expected: this.text(expected),
      ...(received === undefined ? {} : { received: this.text(received) }),
    };
  }

  /** A query as it came, pair by pair and decoded. */
  pairs(search: string): { name: string; value: string }[] {
    return parseQuery(search).map(([name, value]) => ({
      name: this.text(name),
      value: this.value(name, value),
    }));
  }

  /** A query as it came. */
  search(search: string): string {
    return search
      .split("&")
      .map((pair) => {
        const [[name = ""] = []] = parseQuery(pair);
        const split = pair.indexOf("=");
        return split >= 0 && isSecretName(name)
          ? `${this.text(pair.slice(0, split))}=${redacted}`
          : this.text(pair);
      })
      .join("&");
  }

  /** The value of a header or of a parameter. Schemes and the names of cookies stay: they are no secrets. */
  value(name: string, value: string): string {
    switch (name.toLowerCase()) {
      case "authorization":
        return /^[a-z]+ /i.test(value) ? `${value.split(" ", 1)[0]} ${redacted}` : redacted;
      case "cookie":
        return value
          .split(";")
          .map((cookie) =>
            cookie.includes("=") ? `${this.text(cookie.split("=", 1)[0] ?? "")}=${redacted}` : redacted,
          )
          .join(";");
      default:
        return isSecretName(name) ? redacted : this.text(value);
    }
  }

  #plain(text: string): string {
    let clean = text.replace(sessionToken, redacted).replace(uuid, (found) => this.#uuid(found));
    for (const literal of this.#literals) clean = clean.replaceAll(literal, redacted);
    return clean;
  }

  #withoutBeginning(word: string): string {
    for (const literal of this.#literals) {
      for (let length = literal.length - 1; length >= shortestSecret; length--) {
        if (word.endsWith(literal.slice(0, length))) return `${word.slice(0, -length)}${redacted}`;
      }
    }
    return word.replace(cutToken, redacted);
  }

  /** A word that hides a secret behind percent-encoding goes as a whole. */
  #encoded(word: string): string {
    const decoded = word.replace(/%([0-9a-f]{2})/gi, (_, code) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    );
    return this.#plain(decoded) === decoded ? word : redacted;
  }

  #uuid(text: string): string {
    const token = parseUuid(text);
    const isToken = token !== undefined && this.#world?.tables.workspaceOfAgentToken(token) !== undefined;
    return isToken ? redacted : text;
  }
}

/** Whether a secret has to be known to be found: others show by their form. */
function isWithoutForm(text: string | undefined): text is string {
  return text !== undefined && text.length >= shortestSecret && !isSessionToken(text);
}
