import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { defaults } from "../tokens";
import { API, FUNNEL } from "./play";

const built = readFileSync("dist/widget.js", "utf8");

/** Runs the built script where a script element stands, as a browser does. */
function load(where: HTMLElement, data: Record<string, string> = {}): HTMLScriptElement {
  const script = document.createElement("script");
  Object.assign(script.dataset, data);
  where.append(script);
  // Set late, so that nothing is fetched.
  Object.defineProperty(script, "src", { value: `${API}/widget.js?v=1` });
  vi.spyOn(document, "currentScript", "get").mockReturnValue(script);
  new Function(built)();
  return script;
}

beforeEach(() => {
  CSSStyleSheet.prototype.replaceSync ??= () => undefined;
  localStorage.clear();
});

afterEach(() => document.body.replaceChildren());

describe("the script", () => {
  it("puts the form where it stands, and sends to where it came from", async () => {
    const post = vi.fn(() => Promise.resolve(Response.json({ id: "x" }, { status: 202 })));
    vi.stubGlobal("fetch", post);
    const script = load(document.body, { funnel: FUNNEL, heading: "Talk to us", tel: "1300 000", theme: "dark" });
    const form = script.nextElementSibling!;
    expect(form.localName).toBe("callback-form");
    expect(Object.fromEntries(Array.from(form.attributes, ({ name, value }) => [name, value]))).toEqual({
      funnel: FUNNEL,
      heading: "Talk to us",
      tel: "1300 000",
      theme: "dark",
    });
    const fields = form.shadowRoot!.querySelector("form")!;
    fields.querySelector<HTMLInputElement>("[name=contactName]")!.value = "Ada";
    fields.querySelector<HTMLInputElement>("[name=contactPhone]")!.value = "1";
    fields.dispatchEvent(new Event("submit", { cancelable: true }));
    await vi.waitFor(() => expect(post).toHaveBeenCalledWith(`${API}/api/messages`, expect.anything()));
  });

  it("may stand on a page more than once", () => {
    load(document.body, { funnel: FUNNEL });
    load(document.body, { funnel: "another" });
    expect([...document.querySelectorAll("callback-form")].map((form) => form.getAttribute("funnel"))).toEqual([
      FUNNEL,
      "another",
    ]);
  });

  it("only makes the element known where it names no funnel", () => {
    expect(load(document.body).nextElementSibling).toBeNull();
    expect(customElements.get("callback-form")).toBeDefined();
  });

  it("tells the page's maker that in the head it stands nowhere", () => {
    const told = vi.spyOn(console, "error").mockImplementation(() => undefined);
    load(document.head, { funnel: FUNNEL }).nextElementSibling!.remove();
    expect(told).toHaveBeenCalledOnce();
  });

  it("takes words that the page gave before it was there", () => {
    document.body.innerHTML = "<callback-form-early></callback-form-early>";
    const element = document.body.firstElementChild!;
    Object.assign(element, { texts: { send: "Bitte anrufen" } });
    const known = customElements.get("callback-form")!;
    customElements.define("callback-form-early", class extends known {});
    expect(element.shadowRoot!.querySelector("button")!.textContent).toBe("Bitte anrufen");
  });

  it("is less than ten kilobytes, packed", () => expect(gzipSync(built).length).toBeLessThan(10_000));

  it("is ASCII, whatever the encoding of the page", () => expect(built).toMatch(/^\p{ASCII}*$/u));

  it("is one classic script without anything that strict pages forbid", () => {
    expect(built).not.toMatch(/\beval\b|new Function|\bimport\b|\.innerHTML|\.cookie|setAttribute\("style"/);
  });
});

describe("its looks", () => {
  it("have the tokens' colours, by day and by night", () => {
    const { light, dark } = defaults(readFileSync("../../resources/static/assets/tokens.css", "utf8"));
    expect(light).toContain("--callback-accent: #0c6b45;");
    expect(dark).toContain("--callback-accent: #6ddba6;");
    expect(built).toContain(light);
    expect(built.split(dark)).toHaveLength(3);
  });

  it("know left and right nowhere", () => {
    expect(built).not.toMatch(/(margin|padding|border)-(left|right)|text-align: ?(left|right)|[;{ ](left|right):/);
  });
});
