import axe from "axe-core";
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";

import { CallbackForm } from "../src/element";
import { kept, sendKept } from "../src/queue";
import { referenceOf } from "../src/reference";

const FUNNEL = "0d3c6f5e-8a51-4d0e-9a44-5f1f3c0b7a10";
const LEAD = "0199b2c4-6f3a-7c31-8f52-3d7a9be01c55";

/** A machine that does much else is slow, and no reason to fail. */
const eventually = (check: () => void) => vi.waitFor(check, { timeout: 10_000 });

type Answer = () => Response | Promise<Response>;

const accepted: Answer = () => Response.json({ id: LEAD, status: "unread" }, { status: 202 });
const away: Answer = () => Promise.reject(new TypeError("Failed to fetch"));
const busy: Answer = () => Response.json({}, { status: 503, headers: { "Retry-After": "2" } });
const refused: Answer = () =>
  Response.json(
    { detail: "Mend the listed fields.", errors: [{ field: "contactEmail", detail: "Give an e-mail address." }] },
    { status: 400 },
  );

let posts: URLSearchParams[];

/** Answers the posts one after the other, the last answer for all that follow; `isThere` is whether the service can be reached at all. */
function playService(isThere: boolean, ...answers: Answer[]) {
  posts = [];
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
    if (url.endsWith("/widget.js")) {
      return isThere ? Promise.resolve(new Response()) : away();
    }
    posts.push(init.body as URLSearchParams);
    return Promise.resolve((answers[posts.length - 1] ?? answers.at(-1)!)());
  });
}

function form(attributes: Record<string, string> = {}): CallbackForm {
  const element = document.createElement("callback-form") as CallbackForm;
  Object.entries({ funnel: FUNNEL, api: "https://callback.example.com", ...attributes }).forEach(([name, value]) =>
    element.setAttribute(name, value),
  );
  document.body.append(element);
  return element;
}

const inside = (element: CallbackForm) => element.shadowRoot!;
const text = (element: CallbackForm) => inside(element).querySelector("section")!.textContent;

async function fillAndSend(
  element: CallbackForm,
  fields: Record<string, string> = { contactName: "Ada", contactPhone: "0491 570 006" },
) {
  for (const [name, value] of Object.entries(fields)) {
    inside(element).querySelector<HTMLInputElement>(`[name=${name}]`)!.value = value;
  }
  inside(element)
    .querySelector("form")!
    .dispatchEvent(new Event("submit", { cancelable: true }));
  await eventually(() => expect(inside(element).querySelector("button[aria-disabled]")).toBeNull());
}

beforeAll(() => {
  // What jsdom does not have: the sheet's content is looked at in a real browser.
  CSSStyleSheet.prototype.replaceSync ??= () => undefined;
  vi.stubGlobal("CSS", { escape: (value: string) => value });
  customElements.define("callback-form", CallbackForm);
});

beforeEach(() => localStorage.clear());

afterEach(() => {
  document.body.replaceChildren();
  vi.useRealTimers();
});

describe("a visitor", () => {
  it("sends the form and is thanked with a reference number", async () => {
    playService(true, accepted);
    const element = form();
    const told = vi.fn();
    document.addEventListener("callback-sent", told);
    await fillAndSend(element);
    await eventually(() => expect(text(element)).toContain("Thank you!"));
    expect(text(element)).toContain((await referenceOf(LEAD))!);
    expect(Object.fromEntries(posts[0]!)).toMatchObject({
      funnelId: FUNNEL,
      contactName: "Ada",
      contactPhone: "0491 570 006",
    });
    expect(told).toHaveBeenCalledOnce();
    expect(localStorage.length).toBe(0);
  });

  it("is told what is missing, beside the field and without asking the service", async () => {
    playService(true, accepted);
    const element = form();
    await fillAndSend(element, { contactName: "Ada" });
    const phone = inside(element).querySelector<HTMLInputElement>("[name=contactPhone]")!;
    expect(phone.getAttribute("aria-invalid")).toBe("true");
    expect(inside(element).getElementById(phone.getAttribute("aria-describedby")!)!.textContent).toMatch(
      /phone number or an e-mail/,
    );
    expect(inside(element).activeElement).toBe(phone);
    expect(posts).toHaveLength(0);
  });

  it("reads the service's own words where it refuses, mends it, and sends another request", async () => {
    playService(true, refused, accepted);
    const element = form();
    await fillAndSend(element, { contactName: "Ada", contactEmail: "ada@" });
    expect(text(element)).toContain("Give an e-mail address.");
    expect(kept()).toHaveLength(0);
    await fillAndSend(element, { contactEmail: "ada@example.com" });
    await eventually(() => expect(text(element)).toContain("Thank you!"));
    expect(posts[1]!.get("_key")).not.toBe(posts[0]!.get("_key"));
  });

  it("sends another request with another key", async () => {
    playService(true, accepted);
    const element = form();
    await fillAndSend(element);
    await eventually(() => expect(text(element)).toContain("Thank you!"));
    inside(element).querySelector<HTMLButtonElement>("button.quiet")!.click();
    await fillAndSend(element);
    expect(new Set(posts.map((post) => post.get("_key"))).size).toBe(2);
  });

  it("presses twice and sends once", async () => {
    playService(true, accepted);
    const element = form();
    const sending = fillAndSend(element);
    inside(element)
      .querySelector("form")!
      .dispatchEvent(new Event("submit", { cancelable: true }));
    await sending;
    expect(posts).toHaveLength(1);
  });

  it("without a readable answer ends on the service's own page, with the same key", async () => {
    playService(true, away);
    const submitted = vi.spyOn(HTMLFormElement.prototype, "submit").mockImplementation(() => undefined);
    await fillAndSend(form());
    expect(submitted).toHaveBeenCalledOnce();
    const plain = document.querySelector<HTMLFormElement>("body > form")!;
    expect(plain.action).toBe("https://callback.example.com/api/messages");
    expect(new FormData(plain).get("_key")).toBe(posts[0]!.get("_key"));
    expect(kept()).toHaveLength(0);
  });
});

describe("while the service cannot be reached", () => {
  it("keeps the request, says so, and shows the number to call", async () => {
    playService(false, away);
    const element = form({ tel: "+61 2 5550 1234" });
    await fillAndSend(element);
    expect(text(element)).toContain("kept on this device");
    expect(inside(element).querySelector<HTMLAnchorElement>("a")!.href).toBe("tel:+61255501234");
    expect(kept().map(({ fields }) => fields["contactName"])).toEqual(["Ada"]);
  });

  it("sends what was kept once the network is back, by the same key, and thanks then", async () => {
    playService(false, away, accepted);
    const element = form();
    await fillAndSend(element);
    await sendKept();
    await eventually(() => expect(text(element)).toContain("Thank you!"));
    expect(posts.map((post) => post.get("_key"))).toEqual([posts[0]!.get("_key"), posts[0]!.get("_key")]);
    expect(localStorage.length).toBe(0);
  });

  it("waits as long as the service asks before it comes again", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    vi.spyOn(Math, "random").mockReturnValue(0);
    playService(true, busy, busy, accepted);
    const element = form();
    inside(element).querySelector<HTMLInputElement>("[name=contactName]")!.value = "Ada";
    inside(element).querySelector<HTMLInputElement>("[name=contactPhone]")!.value = "1";
    inside(element)
      .querySelector("form")!
      .dispatchEvent(new Event("submit", { cancelable: true }));
    await eventually(() => expect(posts).toHaveLength(2));
    await vi.advanceTimersByTimeAsync(1_900);
    expect(posts).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(posts).toHaveLength(3);
    expect(kept()).toHaveLength(0);
  });

  it("forgets what was kept for a week", async () => {
    playService(false, away);
    await fillAndSend(form());
    expect(kept()).toHaveLength(1);
    vi.spyOn(Date, "now").mockReturnValue(Date.now() + 8 * 24 * 3_600_000);
    expect(kept()).toHaveLength(0);
  });

  it("says that nothing was sent where the browser keeps nothing", async () => {
    playService(false, away);
    vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
      throw new DOMException("full", "QuotaExceededError");
    });
    const element = form({ tel: "1300 000" });
    await fillAndSend(element);
    expect(text(element)).toContain("we cannot be reached");
    expect(inside(element).querySelector("a[href='tel:1300000']")).not.toBeNull();
    expect(inside(element).querySelector("form")).not.toBeNull();
  });
});

describe("the form", () => {
  it("has the words that the page gives it, as text and never as HTML", () => {
    const element = form({ heading: "<b>Call</b> us", texts: JSON.stringify({ send: "Bitte <i>anrufen</i>" }) });
    expect(inside(element).querySelector("h2")!.textContent).toBe("<b>Call</b> us");
    expect(inside(element).querySelector("button")!.textContent).toBe("Bitte <i>anrufen</i>");
    expect(inside(element).querySelector("b, i")).toBeNull();
  });

  it("is fine with axe when it is empty, wrong, and done", async () => {
    playService(true, refused, accepted);
    const element = form({ heading: "Talk to us" });
    const violations = async () =>
      (await axe.run(element, { rules: { "color-contrast": { enabled: false } } })).violations;
    expect(await violations()).toEqual([]);
    await fillAndSend(element, { contactName: "Ada", contactEmail: "ada@" });
    expect(await violations()).toEqual([]);
    await fillAndSend(element, { contactEmail: "ada@example.com" });
    await eventually(() => expect(text(element)).toContain("Thank you!"));
    expect(await violations()).toEqual([]);
  });

  it("sets no cookie", () => expect(document.cookie).toBe(""));

  it("is a script of less than ten kilobytes, packed", () => {
    expect(gzipSync(readFileSync("dist/widget.js")).length).toBeLessThan(10_000);
  });
});

it("names a lead as the thank-you page does", async () => {
  expect(await referenceOf("01a2071c-b505-77ef-9a28-64d340cff646")).toBe("N1XJ-7RZG");
});
