import { beforeAll, describe, expect, it } from "vitest";
import { startTestMock, type TestMock } from "../support/test-mock.ts";

let mock: TestMock;
beforeAll(async () => {
  mock = await startTestMock();
});

const unknownId = "00000000-0000-4000-8000-000000000000";

async function names(path: string, as = "olga"): Promise<readonly string[]> {
  const { status, body } = await mock.ask("GET", `/api/v2${path}`, { as });
  expect(status).toBe(200);
  return body.map(({ name }: { readonly name: string }) => name);
}

function idOf(name: string): string {
  return mock.mock.host.world.directory.organizationNamed(name)?.id ?? "";
}

describe("organizations", () => {
  it.each([
    ["/organizations", "olga", ["harbor", "labs"]],
    ["/organizations", "tomasz", ["harbor", "labs"]],
    ["/organizations", "mateo", ["harbor"]],
    ["/users/me/organizations", "olga", ["harbor", "labs"]],
    ["/users/me/organizations", "tomasz", ["harbor"]],
    ["/users/olga/organizations", "ines", ["harbor"]],
  ])("%s lists for %s %j", async (path, as, expected) => {
    expect(await names(path, as)).toEqual(expected);
  });

  it("has what clients read", async () => {
    const { body } = await mock.ask("GET", "/api/v2/organizations/harbor");

    expect(body).toEqual({
      id: idOf("harbor"),
      name: "harbor",
      display_name: "Harbor",
      description: "The product team",
      icon: "/emojis/2693.png",
      is_default: true,
      created_at: expect.any(String),
      updated_at: body.created_at,
    });
  });

  it.each([
    ["/organizations/default", "harbor"],
    ["/organizations/HARBOR", "harbor"],
    ["/organizations/labs", "labs"],
    ["/users/me/organizations/labs", "labs"],
    ["/users/mateo/organizations/labs", "labs"],
  ])("%s is %s", async (path, name) => {
    expect((await mock.ask("GET", `/api/v2${path}`)).body.name).toBe(name);
  });

  it("is found by its id", async () => {
    expect((await mock.ask("GET", `/api/v2/organizations/${idOf("labs")}`)).body.name).toBe("labs");
  });

  it.each([
    ["/organizations/nowhere", "olga", 404],
    [`/organizations/${unknownId}`, "olga", 404],
    ["/organizations/labs", "mateo", 404],
    ["/organizations/labs/templates", "mateo", 404],
    ["/organizations/nowhere/templates/web-agent", "olga", 404],
    ["/users/me/organizations/labs", "mateo", 404],
    ["/users/me/organizations/default", "olga", 404],
    ["/users/olga/organizations", "mateo", 404],
    ["/users/olga/organizations/harbor", "mateo", 404],
    ["/users/unheard-of/organizations", "olga", 400],
    ["/users/unheard-of/organizations/harbor", "olga", 400],
    ["/organizations", "nobody", 401],
    ["/organizations/harbor", "nobody", 401],
    ["/users/me/organizations", "nobody", 401],
    ["/users/me/organizations/harbor", "nobody", 401],
  ])("%s answers %s with %d", async (path, as, status) => {
    expect((await mock.ask("GET", `/api/v2${path}`, { as })).status).toBe(status);
  });
});
