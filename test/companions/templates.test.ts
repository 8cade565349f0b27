import { beforeAll, describe, expect, it } from "vitest";
import { profiles, revisions } from "../../src/domain/revision.ts";
import { mockOf } from "../http/own-scenario.ts";
import { startTestMock, type TestMock } from "../support/test-mock.ts";

const api = "/api/v2";
const unknownId = "00000000-0000-4000-8000-000000000000";

const scenario = `
organizations: [harbor, { name: annex }]
users:
  - { username: olga, roles: [owner], organizations: [harbor, annex] }
  - mateo
  - { username: guest, organizations: [annex] }
templates:
  - name: web
    organization: harbor
    display_name: Web Agent
    active_version: v2
    versions:
      - { name: v1, ai: false, created: 3d, archived: true }
      - name: v2
        created: 2d
        parameters:
          - name: size
            display_name: Size
            description: How large
            options: [{ value: small }, { name: Large, value: large, description: Costs more, icon: /l.png }]
          - { name: cores, type: number, default: "2", mutable: false, ephemeral: true }
          - { name: fast, type: bool, default: "true" }
          - { name: tags, type: list(string), default: "[]" }
        presets:
          - { name: plain, parameters: [{ name: region, value: eu }] }
          - { name: usual, default: true, description: For most, icon: /u.png, parameters: [{ name: size, value: small }, { name: region, value: us }] }
        external_auth:
          - { provider: github, display_name: GitHub, icon: /g.svg, authenticated: true }
          - { provider: own git, type: gitea, optional: true }
      - { name: V3, created: 1d, import: failed }
      - { name: v4, created: 1h, import: running }
      - { name: v5, created: 1h, import: pending }
      - { name: v6, created: 1h, import: canceled }
  - { name: old, organization: harbor, deprecated: Use web., ai: false }
  - { name: gone, organization: harbor, deleted: true }
  - { name: hand, organization: harbor, display_name: By hand, ai: false }
  - { name: web, organization: annex, display_name: Other }
tasks:
  - { name: one, owner: olga, template: harbor/web, stage: idle }
  - { name: two, owner: mateo, template: harbor/web, stage: paused }
`;

let mock: TestMock;
beforeAll(async () => {
  mock = await mockOf(scenario);
});

function template(path: string) {
  const [organization, name] = path.split("/");
  const { directory } = mock.mock.host.world;
  for (const one of directory.templates.values()) {
    const home = directory.organizations.get(one.organizationId);
    if (one.name === name && home?.name === organization) return one;
  }
  throw new Error(`No template ${path}.`);
}

function version(name: string): string {
  return template("harbor/web").versions.find((one) => one.name === name)?.id ?? "";
}

async function listed(path: string, as = "olga"): Promise<readonly string[]> {
  const { status, body } = await mock.ask("GET", `${api}${path}`, { as });
  expect(status).toBe(200);
  return body.map((one: { readonly organization_name?: string; readonly name: string }) =>
    one.organization_name === undefined ? one.name : `${one.organization_name}/${one.name}`,
  );
}

function q(text: string): string {
  return `?q=${encodeURIComponent(text)}`;
}

describe("the list of templates", () => {
  it("is what the caller may see, by name, without deleted and deprecated ones", async () => {
    const all = ["annex/web", "harbor/hand", "harbor/web"];

    expect((await listed("/templates")).toSorted()).toEqual(all);
    expect(await listed("/templates", "mateo")).toEqual(["harbor/hand", "harbor/web"]);
    expect(await listed("/templates", "guest")).toEqual(["annex/web"]);
    expect(await listed("/organizations/annex/templates")).toEqual(["annex/web"]);
    expect(await listed("/organizations/default/templates")).toEqual(["harbor/hand", "harbor/web"]);
  });

  it.each<[string, readonly string[]]>([
    ["has-ai-task:true", ["harbor/web"]],
    ["has-ai-task:false", ["harbor/hand"]],
    ["deprecated:true", ["harbor/old"]],
    ["deprecated:false", ["harbor/hand", "harbor/web"]],
    ["deleted:true", ["harbor/gone"]],
    ["exact_name:WEB", ["harbor/web"]],
    ["exact_name:we", []],
    ["name:a", ["harbor/hand"]],
    ["web agent", ["harbor/web"]],
    ["display_name:hand", ["harbor/hand"]],
    ['exact_display_name:"by hand"', ["harbor/hand"]],
    ["exact_display_name:by", []],
    ["old deprecated:t", ["harbor/old"]],
    ["organization:harbor has-ai-task:1", ["harbor/web"]],
    [`organization:${unknownId}`, []],
    ["author:olga exact_name:web", ["harbor/web"]],
    ["author:mateo", []],
    ["author:me", []],
    [`author_id:${unknownId}`, []],
    ["has_external_agent:true", []],
    ["has_external_agent:false exact_name:web", ["harbor/web"]],
  ])("finds by %s %j", async (text, expected) => {
    expect(await listed(`/templates${q(text)}`, "mateo")).toEqual(expected);
    expect(await listed(`/organizations/harbor/templates${q(text)}`, "mateo")).toEqual(expected);
  });

  it("finds by ids, and by the id of the author", async () => {
    const ids = [template("harbor/web").id, template("harbor/hand").id];

    expect(await listed(`/templates${q(`ids:${ids.join(",")}`)}`)).toEqual(["harbor/hand", "harbor/web"]);
    expect(await listed(`/templates${q(`author_id:${mock.user("olga").id} name:hand`)}`)).toEqual([
      "harbor/hand",
    ]);
  });

  it.each<[string, readonly string[]]>([
    ["has-ai-task:perhaps", ["has-ai-task"]],
    ["deprecated:x deleted:y", ["deleted", "deprecated"]],
    ["ids:web", ["ids"]],
    ["author_id:olga", ["author_id"]],
    ["organization:nowhere", ["organization"]],
    ["organization:annex", ["organization"]],
    ["status:active", ["status"]],
    ["web display_name:web", ["display_name"]],
  ])("refuses %s on %j", async (text, fields) => {
    for (const path of ["/templates", "/organizations/harbor/templates"]) {
      const { status, body } = await mock.ask("GET", `${api}${path}${q(text)}`, { as: "mateo" });

      expect([status, body.message]).toEqual([400, "Invalid template search query."]);
      expect(body.validations.map(({ field }: { readonly field: string }) => field)).toEqual(fields);
    }
  });
});

describe("a template", () => {
  it("is the same by id and by name, and knows its builds", async () => {
    const { id, activeVersionId } = template("harbor/web");
    const byId = await mock.ask("GET", `${api}/templates/${id}`);

    expect((await mock.ask("GET", `${api}/organizations/harbor/templates/WEB`)).body).toEqual(byId.body);
    expect(byId.body).toMatchObject({
      id,
      name: "web",
      display_name: "Web Agent",
      organization_name: "harbor",
      active_version_id: activeVersionId,
      active_user_count: 2,
      deprecated: false,
      deleted: false,
      created_by_name: "olga",
      build_time_stats: {
        start: { P50: expect.any(Number), P95: expect.any(Number) },
        stop: { P50: expect.any(Number), P95: expect.any(Number) },
        delete: { P50: null, P95: null },
      },
    });
  });

  it("tells why it is deprecated", async () => {
    const { body } = await mock.ask("GET", `${api}/organizations/harbor/templates/old`);

    expect(body).toMatchObject({ deprecated: true, deprecation_message: "Use web.", active_user_count: 0 });
  });

  it("counts the builds that are made by and by", async () => {
    const own = await startTestMock();
    const path = `${api}/organizations/harbor/templates/plain-linux`;
    const stats = async () => (await own.ask("GET", path)).body.build_time_stats.start.P50;

    expect(await stats()).toBeNull();
    const web = `${api}/organizations/harbor/templates/web-agent`;
    const before = (await own.ask("GET", web)).body.active_user_count;
    await own.ask("POST", "/tasks/tomasz", {
      body: { template_version_id: own.version("web-agent").id, input: "Go" },
    });
    expect((await own.ask("GET", web)).body.active_user_count).toBe(before + 1);
  });
});

describe("versions of a template", () => {
  it("come oldest first, archived ones when asked for, in pages", async () => {
    const path = `/templates/${template("harbor/web").id}/versions`;
    const all = ["v1", "v2", "V3", "v4", "v5", "v6"];

    expect(await listed(path)).toEqual(all.slice(1));
    expect(await listed(`${path}?include_archived=true`)).toEqual(all);
    expect(await listed(`${path}?include_archived=false`)).toEqual(all.slice(1));
    expect(await listed(`${path}?limit=2&offset=1`)).toEqual(["V3", "v4"]);
    expect(await listed(`${path}?after_id=${version("v4")}`)).toEqual(["v5", "v6"]);
  });

  it("cannot go on behind a version that another template has", async () => {
    const path = `${api}/templates/${template("harbor/web").id}/versions`;
    const { status, body } = await mock.ask(
      "GET",
      `${path}?after_id=${template("annex/web").activeVersionId}`,
    );

    expect(status).toBe(400);
    expect(body.message).toContain("after_id");
  });

  it("refuse a page that cannot be read", async () => {
    const lenient = await startTestMock({ requests: "warn" });
    const [first] = lenient.mock.host.world.directory.templates.values();

    expect((await lenient.ask("GET", `${api}/templates/${first?.id}/versions?limit=x`)).status).toBe(400);
  });

  it.each([
    ["v2", { status: "succeeded", completed_at: expect.any(String) }],
    ["V3", { status: "failed", error: expect.any(String), completed_at: expect.any(String) }],
    ["v4", { status: "running", started_at: expect.any(String) }],
    ["v5", { status: "pending" }],
    ["v6", { status: "canceled", canceled_at: expect.any(String) }],
  ])("tell how the import of %s went, by id and by name", async (name, job) => {
    const byId = await mock.ask("GET", `${api}/templateversions/${version(name)}`);

    expect(byId.body).toMatchObject({
      name,
      template_id: template("harbor/web").id,
      job,
      created_by: { username: "olga" },
    });
    expect(
      (await mock.ask("GET", `${api}/organizations/harbor/templates/web/versions/${name}`)).body,
    ).toEqual(byId.body);
  });
});

describe("a template version", () => {
  it("shows its presets with capitalised keys, and null without any", async () => {
    const { body } = await mock.ask("GET", `${api}/templateversions/${version("v2")}/presets`);

    expect(body).toEqual([
      {
        ID: expect.any(String),
        Name: "plain",
        Parameters: [{ Name: "region", Value: "eu" }],
        Default: false,
        DesiredPrebuildInstances: null,
        Description: "",
        Icon: "",
      },
      expect.objectContaining({ Name: "usual", Default: true, Description: "For most", Icon: "/u.png" }),
    ]);
    const none = await mock.ask("GET", `${api}/templateversions/${version("v1")}/presets`);
    expect([none.status, none.text, none.headers["content-type"]]).toEqual([
      200,
      "null\n",
      "application/json; charset=utf-8",
    ]);
  });

  it("shows its rich parameters, and those that only its presets name", async () => {
    const { body } = await mock.ask("GET", `${api}/templateversions/${version("v2")}/rich-parameters`);

    expect(body[0]).toEqual({
      name: "size",
      display_name: "Size",
      description: "How large",
      description_plaintext: "How large",
      type: "string",
      form_type: "radio",
      mutable: true,
      default_value: "",
      icon: "",
      options: [
        { name: "small", value: "small", description: "", icon: "" },
        { name: "Large", value: "large", description: "Costs more", icon: "/l.png" },
      ],
      required: true,
      ephemeral: false,
    });
    expect(body.slice(1)).toMatchObject([
      {
        name: "cores",
        type: "number",
        form_type: "input",
        default_value: "2",
        mutable: false,
        ephemeral: true,
      },
      { name: "fast", type: "bool", form_type: "checkbox", required: false },
      { name: "tags", type: "list(string)", form_type: "tag-select" },
      { name: "region", type: "string", default_value: "us", required: false },
    ]);
  });

  it.each([
    ["v4", 412],
    ["v5", 412],
    ["V3", 200],
    ["v6", 200],
  ])("of which %s is imported answers for its rich parameters with %d", async (name, status) => {
    expect((await mock.ask("GET", `${api}/templateversions/${version(name)}/rich-parameters`)).status).toBe(
      status,
    );
  });

  it("shows the services that it needs", async () => {
    const { body } = await mock.ask("GET", `${api}/templateversions/${version("v2")}/external-auth`);

    expect(body).toEqual([
      {
        id: "github",
        type: "github",
        display_name: "GitHub",
        display_icon: "/g.svg",
        authenticate_url: "/external-auth/github",
        authenticated: true,
      },
      {
        id: "own git",
        type: "gitea",
        display_name: "own git",
        display_icon: "",
        authenticate_url: "/external-auth/own%20git",
        authenticated: false,
        optional: true,
      },
    ]);
    expect((await mock.ask("GET", `${api}/templateversions/${version("v1")}/external-auth`)).body).toEqual(
      [],
    );
  });

  it("keeps all that through an export", async () => {
    const paths = ["presets", "rich-parameters", "external-auth"].map((part) => `${version("v2")}/${part}`);
    const tell = (one: TestMock) =>
      Promise.all(paths.map(async (path) => (await one.ask("GET", `${api}/templateversions/${path}`)).text));
    const state = await mock.ask("GET", "/__admin/state?format=yaml");

    expect(await tell(await mockOf(state.text))).toEqual(await tell(mock));
  });
});

describe("what is not to be seen", () => {
  const below = ["", "/presets", "/rich-parameters", "/external-auth"];

  it.each(below)("of versions, with %j behind the id", async (part) => {
    const ask = (id: string, as: string) => mock.ask("GET", `${api}/templateversions/${id}${part}`, { as });

    expect((await ask(version("v2"), "guest")).status).toBe(404);
    expect((await ask(unknownId, "olga")).status).toBe(404);
    expect((await ask(version("v2"), "nobody")).status).toBe(401);
    expect([(await ask("v2", "olga")).status, (await ask("v2", "olga")).body.message]).toEqual([
      400,
      'Invalid UUID "v2".',
    ]);
  });

  it.each(["", "/versions"])("of templates, with %j behind the id", async (part) => {
    const ask = (id: string, as: string) => mock.ask("GET", `${api}/templates/${id}${part}`, { as });

    expect((await ask(template("harbor/web").id, "guest")).status).toBe(404);
    expect((await ask(template("harbor/gone").id, "olga")).status).toBe(404);
    expect((await ask(unknownId, "olga")).status).toBe(404);
    expect((await ask("web", "olga")).status).toBe(400);
    expect((await ask(unknownId, "nobody")).status).toBe(401);
  });

  it.each([
    ["/organizations/harbor/templates", "guest", 404],
    ["/organizations/harbor/templates/web", "guest", 404],
    ["/organizations/harbor/templates/web/versions/v2", "guest", 404],
    ["/organizations/harbor/templates/gone", "olga", 404],
    ["/organizations/harbor/templates/unheard-of", "olga", 404],
    ["/organizations/harbor/templates/unheard-of/versions/v2", "olga", 404],
    ["/organizations/harbor/templates/web/versions/v3", "olga", 404],
    ["/organizations/harbor/templates", "nobody", 401],
    ["/organizations/harbor/templates/web", "nobody", 401],
    ["/organizations/harbor/templates/web/versions/v2", "nobody", 401],
    ["/templates", "nobody", 401],
  ])("%s answers %s with %d", async (path, as, status) => {
    expect((await mock.ask("GET", `${api}${path}`, { as })).status).toBe(status);
  });
});

describe("in every contract", () => {
  it.each(revisions.flatMap((revision) => profiles.map((profile) => ({ revision, profile }))))(
    "all of it has the documented shapes ($revision, $profile)",
    async (contract) => {
      mock.reset(contract);
      const paths = [
        "/users",
        "/organizations",
        "/templates",
        `/templates/${template("harbor/web").id}/versions?include_archived=true`,
        ...["", "/presets", "/rich-parameters", "/external-auth"].map(
          (part) => `/templateversions/${version("v2")}${part}`,
        ),
      ];
      for (const path of paths) {
        const { status, headers } = await mock.ask("GET", `${api}${path}`);
        expect([path, status, headers["x-mock-violations"]]).toEqual([path, 200, undefined]);
      }
      mock.reset({ revision: "2.34", profile: "documented" });
    },
  );
});
