import { el } from "./dom";
import type { Texts } from "./texts";

function quietButton(text: string, onClick: () => void): HTMLElement {
  const button = el("button", { type: "button", class: "quiet" }, text);
  button.addEventListener("click", onClick);
  return button;
}

const heading = (text: string) => el("h2", { tabindex: "-1" }, text);

export function thanks(texts: Texts, reference: string | undefined, onAnother: () => void): HTMLElement {
  return el(
    "div",
    { class: "done" },
    heading(texts.thanks),
    el("p", {}, texts.thanksAbout),
    reference && el("p", {}, `${texts.reference} `, el("span", { class: "reference" }, reference)),
    quietButton(texts.another, onAnother),
  );
}

export function keptNotice(
  texts: Texts,
  title: string,
  telephoneLine: HTMLElement | undefined,
  onTakeBack: () => void,
): HTMLElement {
  return el(
    "div",
    { class: "done kept" },
    heading(title),
    el("p", {}, texts.keptAbout),
    telephoneLine,
    quietButton(texts.doNotSend, onTakeBack),
  );
}

/** One number and nothing else, as long as the longest there is: what else a page names is text. */
const NUMBER = /^\+?(?:[\s().\-/]*\d){3,15}[\s)]*$/;

/** The way that always works, visible where the other one does not. */
export function telephone(number: string | null, texts: Texts): HTMLElement | undefined {
  const link =
    number &&
    (NUMBER.test(number.trim())
      ? el("a", { class: "tel", href: `tel:${number.replace(/[^\d+]/g, "")}` }, number)
      : el("span", { class: "tel" }, number));
  return link ? el("p", {}, `${texts.callUs} `, link) : undefined;
}
