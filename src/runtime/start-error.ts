/** Something that keeps the server from starting, or from leaving what was asked for, and that its user can mend. */
export class StartError extends Error {
  override readonly name = "StartError";
  readonly code = "start";
}
