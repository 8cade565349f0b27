/** Has the process end with 1, whatever else it does until then. */
export function failProcess(): void {
  process.exitCode = 1;
}
