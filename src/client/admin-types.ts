import type { components, operations } from "../contract/generated/admin.ts";

/** The bodies and answers of the admin API, by the names of its document. */
export type AdminSchemas = components["schemas"];

/** Ids of the admin API's operations. */
export type AdminOperationId = keyof operations;

type JsonOf<Holder> = Holder extends { readonly content: { readonly "application/json": infer Json } }
  ? Json
  : never;

type Successes<Id extends AdminOperationId> = keyof operations[Id]["responses"] & (200 | 201);

/** The JSON that an operation answers with when all is well. */
export type AnswerOf<Id extends AdminOperationId> = JsonOf<operations[Id]["responses"][Successes<Id>]>;

/** What an operation takes in its query. Which world and which format is said in other ways. */
export type QueryOf<Id extends AdminOperationId> = Omit<
  NonNullable<operations[Id]["parameters"]["query"]>,
  "world" | "format"
>;

/** At least one of some members, where the document can only say so in words. */
export type WithOneOf<Holder, Name extends keyof Holder> = {
  readonly [One in Name]: { readonly [Given in One]-?: Exclude<Holder[Given], undefined> };
}[Name];
