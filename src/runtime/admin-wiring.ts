import type { Config } from "./config.ts";
import type { ContractStore } from "./contract-store.ts";
import type { ScenarioStore } from "./scenario-store.ts";

export type Bind = "loopback" | "wide";
export function createAdmin(_: {
  config: Config;
  contracts: ContractStore;
  scenarios: ScenarioStore;
  bind: Bind;
}) {
  return { surface: undefined, token: undefined as string | undefined, setState: (_s: string) => undefined };
}
