import { type Ajv2020, Name } from "ajv/dist/2020.js";
import { copyOfNames } from "./evaluated-names.ts";

const keyword = "unevaluatedProperties";

/** Keeps ajv from taking an undocumented property for a documented one because every object has something of that name. */
export function mendUnevaluated(ajv: Ajv2020): void {
  const known = ajv.getKeyword(keyword);
  if (typeof known === "boolean" || !("code" in known)) throw new Error(`ajv has no code for ${keyword}`);
  const { code } = known;
  ajv.removeKeyword(keyword);
  ajv.addKeyword({
    ...known,
    code(cxt, ruleType) {
      const { gen, it } = cxt;
      // The names are only known at run time where there are alternatives.
      if (it.props instanceof Name) it.props = gen.var("props", copyOfNames(it.props));
      code(cxt, ruleType);
    },
  });
}
