import { isJsonObject, type JsonObject } from "../json.ts";
import { fittingMediaType } from "../media-type.ts";
import { readOperations } from "../operation-source.ts";

/** The schemas of the answers that say yes in JSON, by operation id and status. */
export type AnswerSchemas = ReadonlyMap<string, ReadonlyMap<number, JsonObject>>;

/** Looks up what a document says about answers of success. Operations that answer without a body are not among them. */
export function answerSchemas(document: JsonObject): AnswerSchemas {
  const operations = readOperations(document).map(({ id, responses }) => {
    const schemas = [...responses].flatMap(([status, { value }]) => {
      const schema = /^2\d\d$/u.test(status) ? jsonSchema(value) : undefined;
      return schema === undefined ? [] : [[Number(status), schema] as const];
    });
    return [id, new Map(schemas)] as const;
  });
  return new Map(operations.filter(([, schemas]) => schemas.size > 0));
}

function jsonSchema({ content }: JsonObject): JsonObject | undefined {
  if (!isJsonObject(content)) return undefined;
  const type = fittingMediaType("application/json", Object.keys(content));
  const media = type === undefined ? undefined : content[type];
  const schema = isJsonObject(media) ? media["schema"] : undefined;
  return isJsonObject(schema) ? schema : undefined;
}
