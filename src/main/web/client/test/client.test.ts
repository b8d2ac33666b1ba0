import { webcrypto } from "node:crypto";
import { describe, expect, it } from "vitest";
import { answered, callbackMessaging, idempotencyKey, Refused, type Message } from "../src/index.js";

// Browsers and Node since 19 have it.
globalThis.crypto ??= webcrypto as Crypto;

const LEAD = { id: "0199b2c4-6f3a-7c31-8f52-3d7a9be01c55", contactName: "Ada Lovelace" } as Message;

/** A service that answers so, and remembers what it was asked. */
function playing(answer: unknown, status = 200) {
  const asked: Request[] = [];
  const fetch = async (request: Request) => {
    asked.push(request);
    return new Response(JSON.stringify(answer), { status, headers: { "Content-Type": "application/json" } });
  };
  return { asked, fetch };
}

const baseUrl = "https://callback.example.com";

describe("the client", () => {
  it("lists leads with a key", async () => {
    const { asked, fetch } = playing({ items: [LEAD], next: null });
    const api = callbackMessaging({ baseUrl, bearer: "cbk_secret", fetch });

    const page = await answered(
      api.GET("/api/messages", { params: { query: { status: ["unread", "read"], q: "ada", limit: 50 } } }),
    );

    expect(page.items[0]?.contactName).toBe("Ada Lovelace");
    const url = new URL(asked[0]!.url);
    expect(url.origin + url.pathname).toBe("https://callback.example.com/api/messages");
    expect(url.searchParams.get("q")).toBe("ada");
    expect(url.searchParams.getAll("status").join(",")).toBe("unread,read");
    expect(asked[0]!.headers.get("Authorization")).toBe("Bearer cbk_secret");
  });

  it("sends a lead with a key of its own, so that it may be sent again", async () => {
    const { asked, fetch } = playing({ id: LEAD.id, status: "unread", createdAt: "2026-11-22T03:04:05.123Z" }, 202);
    const api = callbackMessaging({ baseUrl, fetch });

    await answered(
      api.POST("/api/messages", {
        params: { header: { "Idempotency-Key": idempotencyKey() } },
        body: {
          funnelId: "0d3c6f5e-8a51-4d0e-9a44-5f1f3c0b7a10",
          contactName: "Ada Lovelace",
          contactPhone: "+61 491 570 006",
        },
      }),
    );

    expect(asked[0]!.headers.get("Idempotency-Key")).toMatch(/^[0-9a-f-]{36}$/);
    expect(asked[0]!.headers.has("Authorization")).toBe(false);
    expect(await asked[0]!.json()).toMatchObject({ contactName: "Ada Lovelace" });
  });

  it("names the business, and asks for a token anew each time", async () => {
    const { asked, fetch } = playing({ unread: 0, waiting: 0, quarantined: 0 });
    let given = 0;
    const api = callbackMessaging({ baseUrl, business: "b", bearer: async () => `token-${++given}`, fetch });

    await api.GET("/api/messages/unread-count");
    await api.GET("/api/messages/unread-count");

    expect(asked.map((request) => request.headers.get("Authorization"))).toEqual(["Bearer token-1", "Bearer token-2"]);
    expect(asked[0]!.headers.get("X-Business-Id")).toBe("b");
  });

  it("throws what was refused, with what to do about it", async () => {
    const problem = { type: "about:blank", title: "Not yours", status: 404, detail: "List what there is." };
    const { fetch } = playing(problem, 404);
    const api = callbackMessaging({ baseUrl, fetch });

    const call = answered(api.GET("/api/messages/{id}", { params: { path: { id: LEAD.id } } }));

    await expect(call).rejects.toThrow(Refused);
    await expect(call).rejects.toMatchObject({ problem, message: "List what there is." });
  });

  it("tells a page of a proxy from an answer of the service", async () => {
    const fetch = async () => new Response("<html>", { status: 502, statusText: "Bad Gateway" });
    const api = callbackMessaging({ baseUrl, fetch });

    await expect(answered(api.GET("/api/session"))).rejects.toMatchObject({
      problem: { title: "Bad Gateway", status: 502 },
    });
  });

  it("knows what there is not before it is asked", () => {
    const api = callbackMessaging({ baseUrl, fetch: playing({}).fetch });
    // @ts-expect-error there is no such status
    void api.GET("/api/messages", { params: { query: { status: ["lost"] } } });
    // @ts-expect-error there is no such path
    void api.GET("/api/nothing");
    // @ts-expect-error a key has a name
    void api.POST("/api/api-keys", { body: { scopes: ["messages:read"] } });
    expect(api).toBeDefined();
  });
});
