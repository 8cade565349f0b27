/** What is wrong with a body that we made ourselves; never the client's fault. */
export type ResponseErrorCode =
  /** Checked anew, a body gives other bytes than are remembered for it: it was changed after it had been handed over. */
  | "recheck-mismatch"
  /** A body that JSON cannot express: a circle, a bigint, a function. */
  | "not-json";

/** A bug in whatever made the body. */
export class ResponseError extends Error {
  override readonly name = "ResponseError";
  readonly code: ResponseErrorCode;

  constructor(message: string, options: ErrorOptions & { readonly code: ResponseErrorCode }) {
    super(message, options);
    this.code = options.code;
  }
}
