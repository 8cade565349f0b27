import { adminPrefix } from "../../engine/engine.ts";
import type { Config } from "../config.ts";
import type { RunningServer } from "../server/start-server.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The environment of a command that is to use the mock: where it is, as whom to sign in, and how to steer it. What the mock
 * has no value for is taken out, so that a token for a real deployment never travels to a mock by mistake.
 */
export function execEnvironment(
  given: Environment,
  { url, mock }: Pick<RunningServer, "url" | "mock">,
  { admin }: Pick<Config, "admin">,
): Environment {
  const users = mock.signIns();
  const user = users.find(({ isDefault }) => isDefault) ?? users[0];
  return {
    ...given,
    CODER_URL: url,
    CODER_SESSION_TOKEN: user?.token,
    CODER_TASKS_MOCK_ADMIN: admin ? `${url}${adminPrefix}` : undefined,
    CODER_TASKS_MOCK_ADMIN_TOKEN: mock.adminToken,
  };
}
