/** Where `exec` says that its mock is, to the command that it runs; undefined in every other process. */
export function execAddress(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): { readonly url: string; readonly adminToken: string | undefined } | undefined {
  const url = environment["CODER_TASKS_MOCK_ADMIN"];
  if (url === undefined || url === "") return undefined;
  return { url, adminToken: environment["CODER_TASKS_MOCK_ADMIN_TOKEN"] };
}
