import axe from "axe-core";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";

import { kept } from "../src/kept";
import { referenceOf } from "../src/reference";
import {
  accepted,
  away,
  define,
  eventually,
  field,
  fillAndSend,
  foreign,
  form,
  FUNNEL,
  holdPlainPosts,
  inside,
  LEAD,
  playService,
  posts,
  press,
  refused,
  text,
  there,
  unknownFunnel,
} from "./play";

beforeAll(define);

beforeEach(() => localStorage.clear());

afterEach(() => document.body.replaceChildren());

describe("a visitor", () => {
  it("sends the form and is thanked with a reference number", async () => {
    playService(there, accepted);
    const element = form();
    const told = vi.fn();
    document.addEventListener("callback-sent", told, { once: true });
    await fillAndSend(element);
    await eventually(() => expect(text(element)).toContain("Thank you!"));
    const reference = await referenceOf(LEAD);
    expect(text(element)).toContain(reference!);
    expect(Object.fromEntries(posts[0]!)).toMatchObject({
      funnelId: FUNNEL,
      contactName: "Ada",
      contactPhone: "0491 570 006",
    });
    expect(told.mock.calls.map(([event]) => (event as CustomEvent).detail)).toEqual([{ id: LEAD, reference }]);
    expect(localStorage.length).toBe(0);
    expect(inside(element).activeElement!.textContent).toBe("Thank you!");
  });

  it("may ask for a time where the page says so, and is told beside the field when nobody can call then", async () => {
    const closed = () =>
      Response.json(
        { detail: "Closed.", errors: [{ field: "preferredTime", detail: "Give one of the next times." }] },
        { status: 422 },
      );
    playService(there, closed, accepted);
    expect(field(form(), "preferredTime")).toBeNull();
    const element = form({ times: "" });
    const times = inside(element).querySelector<HTMLSelectElement>("[name=preferredTime]")!;
    expect(times.options[0]!.text).toBe("As soon as possible");
    const evening = [...times.options].find(({ value }) => /^\d{4}-\d\d-\d\d evening$/.test(value))!.value;
    await fillAndSend(element, { contactName: "Ada", contactPhone: "0491 570 006", preferredTime: evening });
    expect(posts[0]!.get("preferredTime")).toBe(evening);
    expect(times.getAttribute("aria-invalid")).toBe("true");
    expect(text(element)).toContain("Give one of the next times.");
    await fillAndSend(element, { preferredTime: "asap" });
    await eventually(() => expect(text(element)).toContain("Thank you!"));
  });

  it("is told what is missing, beside the field and without asking the service", async () => {
    playService(there, accepted);
    const element = form();
    await fillAndSend(element, { contactName: "Ada" });
    const phone = field(element, "contactPhone");
    expect(phone.getAttribute("aria-invalid")).toBe("true");
    expect(inside(element).getElementById(phone.getAttribute("aria-describedby")!)!.textContent).toMatch(
      /phone number or an e-mail/,
    );
    expect(inside(element).activeElement).toBe(phone);
    await eventually(() =>
      expect(inside(element).querySelector("[role=status]")!.textContent).toContain("Nothing was sent yet"),
    );
    expect(posts).toHaveLength(0);
  });

  it("reads the service's own words where it refuses, mends it, and sends another request", async () => {
    playService(there, refused, accepted);
    const element = form();
    await fillAndSend(element, { contactName: "Ada", contactEmail: "ada@" });
    expect(text(element)).toContain("Give an e-mail address.");
    expect(inside(element).activeElement).toBe(field(element, "contactEmail"));
    expect(kept()).toHaveLength(0);
    await fillAndSend(element, { contactEmail: "ada@example.com" });
    await eventually(() => expect(text(element)).toContain("Thank you!"));
    expect(posts[1]!.get("_key")).not.toBe(posts[0]!.get("_key"));
  });

  it("is not bothered with what only the page's maker can mend", async () => {
    playService(there, unknownFunnel);
    const told = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const element = form({ tel: "1300 000" });
    await fillAndSend(element);
    expect(text(element)).toContain("cannot be sent at the moment");
    expect(text(element)).not.toContain("funnelId");
    expect(inside(element).querySelector("[role=alert] a[href='tel:1300000']")).not.toBeNull();
    expect(told).toHaveBeenCalledWith("callback-form:", "funnelId: Copy funnelId.");
  });

  it("sends another request with another key", async () => {
    playService(there, accepted);
    const element = form();
    await fillAndSend(element);
    await eventually(() => expect(text(element)).toContain("Thank you!"));
    inside(element).querySelector<HTMLButtonElement>("button.quiet")!.click();
    expect(inside(element).activeElement).toBe(field(element, "contactName"));
    await fillAndSend(element);
    expect(new Set(posts.map((post) => post.get("_key"))).size).toBe(2);
  });

  it("presses twice and sends once", async () => {
    playService(there, accepted);
    const element = form();
    const sending = fillAndSend(element);
    press(element);
    await sending;
    expect(posts).toHaveLength(1);
  });

  it("tells by the way where they came from", async () => {
    playService(there, accepted);
    history.replaceState(null, "", `/panels?utm_source=${"s".repeat(300)}&utm_medium=qr&who=me`);
    await fillAndSend(form());
    history.replaceState(null, "", "/");
    const sent = Object.fromEntries(posts[0]!);
    expect(sent).toMatchObject({
      page: `${location.origin}/panels`,
      utm_medium: "qr",
      utm_source: "s".repeat(200),
    });
    expect(sent).not.toHaveProperty("who");
  });
});

describe("a page that the funnel does not list", () => {
  it("hands over to the service's own page, with the same key", async () => {
    playService(there, away);
    const plain = holdPlainPosts();
    await fillAndSend(form());
    expect(plain).toEqual([
      { action: "https://callback.example.com/api/messages", fields: Object.fromEntries(posts[0]!) },
    ]);
    expect(posts[0]!.get("_key")).not.toBe("");
    expect(kept()).toHaveLength(0);
    expect(document.querySelector("body > form")).toBeNull();
  });

  it("does so where it is told no, for the service's own form is let in", async () => {
    playService(there, foreign);
    const plain = holdPlainPosts();
    await fillAndSend(form());
    expect(plain).toHaveLength(1);
    expect(kept()).toHaveLength(0);
  });
});

describe("the form", () => {
  it("has the words that the page gives it, as text and never as HTML", () => {
    const element = form({ heading: "<b>Call</b> us", texts: JSON.stringify({ send: "Bitte <i>anrufen</i>" }) });
    expect(inside(element).querySelector("h2")!.textContent).toBe("<b>Call</b> us");
    expect(inside(element).querySelector("button")!.textContent).toBe("Bitte <i>anrufen</i>");
    expect(inside(element).querySelector("b, i")).toBeNull();
  });

  it("says that its words are English, unless the page says otherwise", () => {
    expect(inside(form()).querySelector("section")!.lang).toBe("en");
    expect(inside(form({ lang: "de" })).querySelector("section")!.lang).toBe("");
    expect(inside(form({ texts: '{"send": "Rückruf"}' })).querySelector("section")!.lang).toBe("");
  });

  it("is there whatever the page gives for its words", () => {
    const told = vi.spyOn(console, "error").mockImplementation(() => undefined);
    expect(inside(form({ texts: "{send: Los}" })).querySelector("button")!.textContent).toBe("Call me back");
    expect(told).toHaveBeenCalledOnce();
  });

  it("is fine with axe when it is empty, wrong, and done", async () => {
    playService(there, refused, accepted);
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
});

it("names a lead as the thank-you page does", async () => {
  expect(await referenceOf("01a2071c-b505-77ef-9a28-64d340cff646")).toBe("N1XJ-7RZG");
});

describe("the colours of a form without a theme of its own", () => {
  const schemeOf = (declared: string, attributes: Record<string, string> = {}) => {
    vi.spyOn(window, "getComputedStyle").mockReturnValue({ colorScheme: declared } as CSSStyleDeclaration);
    const scheme = form(attributes).getAttribute("data-page");
    vi.mocked(window.getComputedStyle).mockRestore();
    return scheme;
  };

  it.each([
    ["normal", "light"],
    ["", "light"],
    ["light", "light"],
    ["light dark", "auto"],
    ["dark", "dark"],
  ])("are for a page of color-scheme %j: %s", (declared, scheme) => {
    expect(schemeOf(declared)).toBe(scheme);
  });

  it("are those of the page's meta element where no style says more", () => {
    document.head.innerHTML = '<meta name="color-scheme" content="light dark">';
    expect(schemeOf("normal")).toBe("auto");
    document.head.replaceChildren();
  });

  it("are those of its theme where it has one", () => {
    expect(schemeOf("dark", { theme: "light" })).toBeNull();
  });
});
