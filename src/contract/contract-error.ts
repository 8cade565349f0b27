/** What is wrong with a specification or an overlay, for code that has to tell the cases apart. */
export type ContractErrorCode =
  | "overlay-shape"
  | "overlay-target"
  | "overlay-update"
  | "document-shape"
  | "schema-compile";

export interface ContractErrorOptions extends ErrorOptions {
  readonly code: ContractErrorCode;
  /** Where in the document the mistake is, as a JSON pointer. */
  readonly pointer?: string;
}

/** A specification that cannot be used as it stands: a mistake in a file, never in a request. It stops the start. */
export class ContractError extends Error {
  override readonly name = "ContractError";
  readonly code: ContractErrorCode;
  /** Where in the document the mistake is, as a JSON pointer; undefined where it has no one place. */
  readonly pointer: string | undefined;

  constructor(message: string, options: ContractErrorOptions) {
    super(message, options);
    this.code = options.code;
    this.pointer = options.pointer;
  }
}
