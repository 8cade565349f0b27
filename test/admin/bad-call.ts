/** A call that must be refused and change nothing; `path` is below the admin prefix. */
export type BadCall = readonly [method: string, path: string, body: unknown, status: number];
