import type { ParameterType } from "./directory.ts";

interface TypeRule {
  fits(value: string): boolean;
  /** What a value must be so that it fits. */
  readonly words: string;
}

/** The forms that the provider's language reads as numbers and truth values; values are texts, whatever their type. */
const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const truthValue = /^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/;

/** Which values a parameter of each type takes. */
export const parameterTypeRules = {
  string: { fits: () => true, words: "a text" },
  number: { fits: (value) => decimal.test(value) && Number.isFinite(Number(value)), words: "a number" },
  bool: { fits: (value) => truthValue.test(value), words: '"true" or "false"' },
  "list(string)": { fits: isListOfTexts, words: 'a JSON list of texts, such as ["a","b"]' },
} as const satisfies Readonly<Record<ParameterType, TypeRule>>;

function isListOfTexts(value: string): boolean {
  try {
    const list: unknown = JSON.parse(value);
    return Array.isArray(list) && list.every((item) => typeof item === "string");
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
