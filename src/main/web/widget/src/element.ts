import { campaign } from "./campaign";
import { el } from "./dom";
import { clearErrors, missing, showErrors, showSummary } from "./errors";
import { fill, formOf, isFilledWith, showSending, valuesOf } from "./form";
import { forget, kept } from "./kept";
import { postPlainly } from "./plain-post";
import { keepUnderWay, onOutcome, postpone } from "./queue";
import { referenceOf } from "./reference";
import { type CallbackRequest, type FieldError, newKey, type Outcome, send } from "./request";
import { applyStyles } from "./styles";
import { type Texts, wordsWith } from "./texts";
import { timesField } from "./times";
import { keptNotice, telephone, thanks } from "./views";

const FOR_THE_PAGE = { bubbles: true, composed: true };
const SILENCE_MS = 100;

/**
 * `<callback-form funnel="…">`: the form of a funnel for any page, in a shadow root. A plain form inside it is for visitors without
 * scripts, and stands aside. Events `callback-sent` (detail `{id, reference}`) and `callback-kept` bubble to the page.
 */
export class CallbackForm extends HTMLElement {
  /** Where the service is, unless the attribute `api` says otherwise: where the script came from. */
  static defaultApi = "";

  /** Words of the page's own; declared only, because a page may set them before this script is there. */
  declare texts?: Partial<Texts>;

  private readonly root = this.attachShadow({ mode: "open" });
  private readonly body = el("section");
  private readonly said = el("p", { class: "beside", role: "status" });
  /** What was filled in last and is not settled: the same again is the same request. */
  private request: CallbackRequest | undefined;
  private isSending = false;
  private stopListening: (() => void) | undefined;

  connectedCallback(): void {
    this.stopListening = onOutcome((request, outcome) => request.key === this.request?.key && this.hear(outcome));
    addEventListener("storage", this.lookAgain);
    if (!this.hasAttribute("theme")) {
      this.setAttribute("data-page", schemeAround(this));
    }
    if (this.root.childElementCount > 0) {
      return;
    }
    if (!this.lang && !this.getAttribute("texts") && !this.texts) {
      // Ours are English, whatever the page is.
      this.body.lang = this.said.lang = "en";
    }
    applyStyles(this.root);
    this.root.append(this.body, this.said);
    this.resume();
  }

  disconnectedCallback(): void {
    this.stopListening?.();
    removeEventListener("storage", this.lookAgain);
  }

  private get words(): Texts {
    return wordsWith(this.getAttribute("texts"), this.texts);
  }

  private get api(): string {
    return (this.getAttribute("api") ?? CallbackForm.defaultApi).replace(/\/+$/, "");
  }

  private get funnel(): string {
    return this.getAttribute("funnel") ?? "";
  }

  /** Begins where the visitor left off: what is kept for this funnel is told, and not asked for again. */
  private resume(): void {
    const waiting = kept().find(({ api, fields }) => api === this.api && fields["funnelId"] === this.funnel);
    this.request = waiting;
    if (!waiting) {
      this.showForm();
    } else if (waiting.isStopped) {
      showSummary(this.showForm(waiting.fields), this.words.confirm);
    } else {
      this.showKept(this.words.waiting, false);
    }
  }

  /** Another tab may have sent what is told as kept here. */
  private readonly lookAgain = (): void => {
    if (this.body.querySelector(".kept") && !kept().some(({ key }) => key === this.request?.key)) {
      this.request = undefined;
      this.showForm();
      this.say("");
    }
  };

  private showForm(values: Readonly<Record<string, string>> = {}): HTMLFormElement {
    const title = this.getAttribute("heading");
    const intro = this.getAttribute("intro");
    const times = this.hasAttribute("times") ? timesField(this.words, this.lang) : undefined;
    const form = formOf(this.words, () => void this.submit(form), times);
    fill(form, values);
    const header = el("header", {}, title && el("h2", {}, title), intro && el("p", { class: "intro" }, intro));
    this.body.replaceChildren(...(title || intro ? [header] : []), form);
    return form;
  }

  private async submit(form: HTMLFormElement): Promise<void> {
    if (this.isSending) {
      return;
    }
    const values = valuesOf(form);
    const errors = missing(values, this.words);
    clearErrors(form);
    if (errors.length > 0) {
      this.complain(form, errors);
      return;
    }
    const request = this.requestOf(form, values);
    this.isSending = true;
    showSending(form, true, this.words);
    // On the device first: whatever happens to this page, the request is not lost.
    const isKept = keepUnderWay(request);
    const outcome = await send(request);
    this.isSending = false;
    showSending(form, false, this.words);
    if (outcome.kind === "later") {
      postpone(request, outcome.afterMs);
      this.tellKept(form, isKept);
      return;
    }
    forget(request.key);
    if (outcome.kind === "accepted") {
      await this.thank(outcome.id, true);
    } else if (outcome.kind === "refused") {
      this.request = undefined;
      this.complain(form, outcome.errors, outcome.detail);
    } else {
      postPlainly(request);
    }
  }

  private requestOf(form: HTMLFormElement, values: Readonly<Record<string, string>>): CallbackRequest {
    const last = this.request;
    if (last && isFilledWith(form, values, last.fields)) {
      return last;
    }
    if (last) {
      forget(last.key);
    }
    const fields = { ...campaign(), ...values, funnelId: this.funnel };
    return (this.request = { key: newKey(), api: this.api, fields, at: Date.now() });
  }

  /** What became of the request that is told as kept. The focus stays where it is, unless that is here. */
  private hear(outcome: Outcome): void {
    const { key, fields } = this.request!;
    const isHere = this.root.activeElement !== null;
    if (outcome.kind === "accepted") {
      void this.thank(outcome.id, isHere);
    } else if (outcome.kind === "refused") {
      forget(key);
      this.request = undefined;
      this.complain(this.showForm(fields), outcome.errors, outcome.detail, isHere);
    } else {
      // Nobody is led to another page who did not ask for it.
      const summary = showSummary(this.showForm(fields), this.words.confirm);
      if (isHere) {
        summary.focus();
      }
    }
  }

  private async thank(id: string, takesFocus: boolean): Promise<void> {
    this.request = undefined;
    const words = this.words;
    const reference = await referenceOf(id);
    this.finish(
      thanks(words, reference, () => this.startAnew()),
      takesFocus,
    );
    this.say(`${words.thanks} ${words.thanksAbout}`);
    this.dispatchEvent(new CustomEvent("callback-sent", { detail: { id, reference }, ...FOR_THE_PAGE }));
  }

  private complain(form: HTMLFormElement, errors: readonly FieldError[], detail = "", takesFocus = true): void {
    const { fields, homeless } = showErrors(form, errors);
    if (homeless.length > 0) {
      // The visitor can do nothing about it, but who made the page can.
      console.error("callback-form:", ...homeless.map((error) => `${error.field}: ${error.detail}`));
    }
    const isWhole = homeless.length > 0 || errors.length === 0;
    const text = (errors.length === 0 && detail) || this.words.refused;
    const first = isWhole ? showSummary(form, text, telephone(this.getAttribute("tel"), this.words)) : fields[0];
    if (takesFocus) {
      first?.focus();
    }
    if (!isWhole) {
      this.say(this.words.check);
    }
  }

  private tellKept(form: HTMLFormElement, isKept: boolean): void {
    const words = this.words;
    if (!isKept) {
      showSummary(form, words.notKept, telephone(this.getAttribute("tel"), words)).focus();
      return;
    }
    this.showKept(words.kept, true);
    this.say(`${words.kept} ${words.keptAbout}`);
    this.dispatchEvent(new CustomEvent("callback-kept", FOR_THE_PAGE));
  }

  private showKept(heading: string, takesFocus: boolean): void {
    const takeBack = () => {
      forget(this.request?.key ?? "");
      this.startAnew();
    };
    this.finish(keptNotice(this.words, heading, telephone(this.getAttribute("tel"), this.words), takeBack), takesFocus);
  }

  private startAnew(): void {
    this.request = undefined;
    this.showForm().querySelector<HTMLElement>("[name=contactName]")?.focus();
  }

  private finish(view: HTMLElement, takesFocus: boolean): void {
    this.body.replaceChildren(view);
    if (takesFocus) {
      view.querySelector("h2")?.focus({ preventScroll: true });
    }
  }

  /** The same words again are news only after silence. */
  private say(text: string): void {
    this.said.textContent = "";
    setTimeout(() => (this.said.textContent = text), SILENCE_MS);
  }
}

/** Whether the page around is light, dark, or either as the visitor's device has it: a dark form on a light page is a black slab. */
function schemeAround(element: Element): "light" | "dark" | "auto" {
  const declared = getComputedStyle(element.parentElement ?? document.documentElement).colorScheme;
  const scheme =
    !declared || declared === "normal"
      ? (document.querySelector<HTMLMetaElement>("meta[name=color-scheme]")?.content ?? "")
      : declared;
  const isDark = /\bdark\b/u.test(scheme);
  return isDark ? (/\blight\b/u.test(scheme) ? "auto" : "dark") : "light";
}
