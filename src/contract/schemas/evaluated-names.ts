import { _, type Code } from "ajv/dist/2020.js";

/**
 * Code for a copy of what ajv knows at run time of the properties that were looked at: an object with their names, true for
 * all, or nothing. A copy, because ajv adds to such an object although it may belong to another schema; without a prototype,
 * because ajv asks for members of it, and `constructor` would be one of every other object.
 */
export function copyOfNames(names: Code): Code {
  return _`typeof ${names} === "object" ? Object.assign(Object.create(null), ${names}) : ${names}`;
}
