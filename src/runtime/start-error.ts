/** Something that keeps the server from starting and that its user can mend. */
export class StartError extends Error {
  override readonly name = "StartError";
  readonly code = "start";
}
