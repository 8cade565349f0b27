import { adminPrefix, type Engine } from "../engine/engine.ts";

/** A call of the admin API, with the token that it asks for. */
export interface AdminQuestion {
  /** Below the prefix, with its query. */
  readonly target: string;
  readonly token: string | undefined;
}

const nothing = new Uint8Array(0);

/** A GET of the admin API without a connection. Throws when it is not answered with 200. */
export async function askAdmin(engine: Engine, { target, token }: AdminQuestion): Promise<Uint8Array> {
  const [path = "", search = ""] = target.split("?", 2);
  const answer = await engine.handle({
    method: "GET",
    path: `${adminPrefix}${path}`,
    search,
    headers: { host: "localhost", ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
    body: { kind: "bytes", bytes: nothing },
  });
  if (answer.status === 200) return answer.body ?? nothing;
  const said = new TextDecoder().decode(answer.body);
  throw new Error(`GET ${adminPrefix}${target} was answered with ${answer.status}: ${said}`);
}
