import { describe, expect, it } from "vitest";
import { answered, callbackMessaging } from "../src/index.js";

const { SERVICE_URL: baseUrl, SERVICE_KEY: bearer } = process.env;

/** Against a service that runs: `SERVICE_URL=http://localhost:8080 SERVICE_KEY=cbk_… npm test`. */
describe.skipIf(!baseUrl || !bearer)("a running service", () => {
  it("lists leads, and gives one by its id", async () => {
    const api = callbackMessaging({ baseUrl: baseUrl!, bearer: bearer! });

    const page = await answered(api.GET("/api/messages", { params: { query: { limit: 1 } } }));
    expect(page.items).toHaveLength(1);

    const lead = await answered(api.GET("/api/messages/{id}", { params: { path: { id: page.items[0]!.id } } }));
    expect(lead.contactName).toBe(page.items[0]!.contactName);
    expect(lead.timeline.length).toBeGreaterThan(0);
  });

  it("refuses with a problem", async () => {
    const api = callbackMessaging({ baseUrl: baseUrl!, bearer: "cbk_" + "0".repeat(64) });

    await expect(answered(api.GET("/api/messages"))).rejects.toMatchObject({ problem: { status: 401 } });
  });
});
