import type { components } from "../../contract/generated/companions.ts";
import { handled, type Reply } from "../reply.ts";
import { docsUrl } from "./get-deployment-config.ts";

/** `GET /appearance`: as a deployment looks that nobody has dressed. */
export function getAppearance(): Reply {
  const body: components["schemas"]["Appearance"] = {
    application_name: "",
    logo_url: "",
    docs_url: docsUrl,
    service_banner: { enabled: false },
    announcement_banners: [],
    support_links: [],
  };
  return handled(200, body);
}
