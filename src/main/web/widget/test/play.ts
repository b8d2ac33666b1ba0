import { expect, vi } from "vitest";

import { CallbackForm } from "../src/element";

export const FUNNEL = "0d3c6f5e-8a51-4d0e-9a44-5f1f3c0b7a10";
export const LEAD = "0199b2c4-6f3a-7c31-8f52-3d7a9be01c55";
export const API = "https://callback.example.com";

/** A machine that does much else is slow, and no reason to fail. */
export const eventually = (check: () => void) => vi.waitFor(check, { timeout: 10_000 });

export type Answer = (signal: AbortSignal) => Response | Promise<Response>;

export const accepted: Answer = () => Response.json({ id: LEAD, status: "unread" }, { status: 202 });
export const away: Answer = () => Promise.reject(new TypeError("Failed to fetch"));
export const busy: Answer = () => Response.json({}, { status: 503, headers: { "Retry-After": "2" } });
export const hanging: Answer = (signal) =>
  new Promise((_, reject) => signal.addEventListener("abort", () => reject(new DOMException("late", "AbortError"))));
export const foreign: Answer = () => Response.json({ detail: "Add the origin of the page." }, { status: 403 });
export const unknownFunnel: Answer = () =>
  Response.json({ detail: "No.", errors: [{ field: "funnelId", detail: "Copy funnelId." }] }, { status: 404 });
export const refused: Answer = () =>
  Response.json(
    { detail: "Mend the listed fields.", errors: [{ field: "contactEmail", detail: "Give an e-mail address." }] },
    { status: 400 },
  );

/** What the service was sent. */
export let posts: URLSearchParams[] = [];

/** Answers the posts one after the other, the last answer for all that follow; `script` is what comes of asking for the script. */
export function playService(script: Answer, ...answers: Answer[]): void {
  posts = [];
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    if (url.endsWith("/widget.js")) {
      return script(init.signal!);
    }
    posts.push(init.body as URLSearchParams);
    return (answers[posts.length - 1] ?? answers.at(-1)!)(init.signal!);
  });
}

export const there: Answer = () => new Response();
export const badGateway: Answer = () => new Response("Bad gateway", { status: 502 });

/** Makes the element known, with what jsdom does not have: how it looks is for a real browser. */
export function define(): void {
  CSSStyleSheet.prototype.replaceSync ??= () => undefined;
  vi.stubGlobal("CSS", { escape: (value: string) => value });
  customElements.define("callback-form", CallbackForm);
}

export function form(attributes: Record<string, string> = {}): CallbackForm {
  const element = document.createElement("callback-form") as CallbackForm;
  Object.entries({ funnel: FUNNEL, api: API, ...attributes }).forEach(([name, value]) =>
    element.setAttribute(name, value),
  );
  document.body.append(element);
  return element;
}

export const inside = (element: CallbackForm) => element.shadowRoot!;
export const text = (element: CallbackForm) => inside(element).querySelector("section")!.textContent;
export const field = (element: CallbackForm, name: string) =>
  inside(element).querySelector<HTMLInputElement>(`[name=${name}]`)!;

export function press(element: CallbackForm): void {
  inside(element)
    .querySelector("form")!
    .dispatchEvent(new Event("submit", { cancelable: true }));
}

export async function fillAndSend(
  element: CallbackForm,
  fields: Record<string, string> = { contactName: "Ada", contactPhone: "0491 570 006" },
): Promise<void> {
  for (const [name, value] of Object.entries(fields)) {
    field(element, name).value = value;
  }
  press(element);
  await eventually(() => expect(inside(element).querySelector("button[aria-disabled]")).toBeNull());
}

/** Holds back the post of a plain form, and tells what it would have sent. */
export function holdPlainPosts(): { action: string; fields: Record<string, string> }[] {
  const plain: { action: string; fields: Record<string, string> }[] = [];
  vi.spyOn(HTMLFormElement.prototype, "submit").mockImplementation(function (this: HTMLFormElement) {
    plain.push({
      action: this.action,
      fields: Object.fromEntries(new FormData(this).entries()) as Record<string, string>,
    });
  });
  return plain;
}
