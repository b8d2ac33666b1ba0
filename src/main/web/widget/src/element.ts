import { el } from "./dom";
import { formFields, missing, showErrors, valuesOf } from "./form";
import { forget, keep, onOutcome, sendKept } from "./queue";
import { referenceOf } from "./reference";
import { type CallbackRequest, newKey, type Outcome, send } from "./request";
import { STYLES } from "./styles";
import { type Texts, TEXTS } from "./texts";

const NO_FOCUS = { preventScroll: true };

/**
 * `<callback-form funnel="…">`: the form of a funnel for any page, in a shadow root. A plain form inside it is for visitors without
 * scripts, and stands aside. Events `callback-sent` (detail `{id, reference}`) and `callback-kept` bubble to the page.
 */
export class CallbackForm extends HTMLElement {
  /** Where the service is, unless the attribute `api` says otherwise: where the script came from. */
  static defaultApi = "";

  /** Words of the page's own. */
  texts: Partial<Texts> = {};

  private readonly root = this.attachShadow({ mode: "open" });
  private readonly body = el("section");
  private readonly said = el("p", { class: "beside", role: "status" });
  private key = newKey();
  private isSending = false;
  private stopListening: (() => void) | undefined;

  connectedCallback(): void {
    this.stopListening = onOutcome((request, outcome) => request.key === this.key && void this.show(request, outcome));
    if (this.root.childElementCount > 0) {
      return;
    }
    // Not a style element: pages with a strict policy let in none.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLES);
    this.root.adoptedStyleSheets = [sheet];
    this.root.append(this.body, this.said);
    this.showForm();
  }

  disconnectedCallback(): void {
    this.stopListening?.();
  }

  private get words(): Texts {
    const given = this.getAttribute("texts");
    return { ...TEXTS, ...(given ? (JSON.parse(given) as Partial<Texts>) : {}), ...this.texts };
  }

  private get api(): string {
    return (this.getAttribute("api") ?? CallbackForm.defaultApi).replace(/\/+$/, "");
  }

  private showForm(): void {
    const words = this.words;
    const title = this.getAttribute("heading");
    const intro = this.getAttribute("intro");
    const form = el("form", { novalidate: true }, ...formFields(words), el("button", { type: "submit" }, words.send));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.submit(form);
    });
    this.body.replaceChildren(
      ...(title || intro
        ? [el("header", {}, title ? el("h2", {}, title) : false, intro ? el("p", { class: "intro" }, intro) : false)]
        : []),
      form,
    );
  }

  private async submit(form: HTMLFormElement): Promise<void> {
    const words = this.words;
    const values = valuesOf(form);
    const errors = missing(values, words);
    this.complain(form, errors, "");
    if (errors.length > 0 || this.isSending) {
      return;
    }
    const button = form.querySelector("button")!;
    this.isSending = true;
    button.setAttribute("aria-disabled", "true");
    button.textContent = words.sending;
    const request = {
      key: this.key,
      api: this.api,
      fields: { ...this.campaign(), ...values, funnelId: this.funnel },
      at: Date.now(),
    };
    // On the device first: whatever happens to this page, the request is not lost.
    const isKept = keep(request);
    const outcome = await send(request);
    this.isSending = false;
    button.removeAttribute("aria-disabled");
    button.textContent = words.send;
    if (outcome.kind === "unreadable") {
      forget(request.key);
      postPlainly(request);
      return;
    }
    if (outcome.kind === "later") {
      this.showKept(isKept);
      void sendKept();
      return;
    }
    forget(request.key);
    await this.show(request, outcome);
  }

  private get funnel(): string {
    return this.getAttribute("funnel") ?? "";
  }

  /** What led the visitor here, as the page's address says it. */
  private campaign(): Record<string, string> {
    const found: Record<string, string> = { page: location.origin + location.pathname };
    new URLSearchParams(location.search).forEach((value, name) => {
      if (name.startsWith("utm_")) {
        found[name] = value;
      }
    });
    return found;
  }

  private async show(request: CallbackRequest, outcome: Outcome): Promise<void> {
    if (outcome.kind === "accepted") {
      this.showThanks(outcome.id, await referenceOf(outcome.id));
    } else if (outcome.kind === "refused") {
      // What was refused is another request once it is mended.
      this.key = newKey();
      if (!this.body.querySelector("form")) {
        this.showForm();
        this.fill(request.fields);
      }
      this.complain(this.body.querySelector("form")!, outcome.errors, outcome.detail || this.words.refused);
    }
  }

  private fill(fields: Readonly<Record<string, string>>): void {
    for (const control of this.body.querySelectorAll<HTMLInputElement>("input, textarea")) {
      control.value = fields[control.name] ?? "";
    }
  }

  private complain(form: HTMLFormElement, errors: CallbackErrors, otherwise: string): void {
    form.querySelector(".summary")?.remove();
    const homeless = showErrors(form, errors);
    const texts =
      homeless.length > 0 ? homeless.map(({ detail }) => detail) : errors.length === 0 && otherwise ? [otherwise] : [];
    if (texts.length > 0) {
      const summary = el(
        "div",
        { class: "summary", role: "alert", tabindex: "-1" },
        ...texts.map((text) => el("p", {}, text)),
        this.telephone(),
      );
      form.prepend(summary);
      summary.focus();
    } else if (errors.length > 0) {
      this.say(this.words.check);
    }
  }

  private showThanks(id: string, reference: string | undefined): void {
    const words = this.words;
    this.finish(
      el("h2", { tabindex: "-1" }, words.thanks),
      el("p", {}, words.thanksAbout),
      reference ? el("p", {}, `${words.reference} `, el("span", { class: "reference" }, reference)) : undefined,
      this.another(),
    );
    this.say(`${words.thanks} ${words.thanksAbout}`);
    this.tell("callback-sent", { id, reference });
  }

  private showKept(isKept: boolean): void {
    const words = this.words;
    if (!isKept) {
      this.complain(this.body.querySelector("form")!, [], words.kept);
      return;
    }
    this.finish(el("h2", { tabindex: "-1" }, words.kept), el("p", {}, words.keptAbout), this.telephone());
    this.say(`${words.kept} ${words.keptAbout}`);
    this.tell("callback-kept", {});
  }

  /** The way that always works, visible where the other one does not. */
  private telephone(): HTMLElement | undefined {
    const number = this.getAttribute("tel");
    return number
      ? el(
          "p",
          {},
          `${this.words.callUs} `,
          el("a", { class: "tel", href: `tel:${number.replace(/[^\d+]/g, "")}` }, number),
        )
      : undefined;
  }

  private another(): HTMLElement {
    const button = el("button", { type: "button", class: "quiet" }, this.words.another);
    button.addEventListener("click", () => {
      this.key = newKey();
      this.showForm();
      this.body.querySelector<HTMLElement>("[name=contactName]")?.focus();
    });
    return button;
  }

  private finish(...children: (HTMLElement | undefined)[]): void {
    this.body.replaceChildren(el("div", { class: "done" }, ...children));
    this.body.querySelector<HTMLElement>("h2")?.focus(NO_FOCUS);
  }

  private say(text: string): void {
    this.said.textContent = text;
  }

  private tell(name: string, detail: Record<string, unknown>): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}

/** Sends it as a page without scripts would: the visitor ends on the service's own page, and the key makes it one request. */
function postPlainly({ api, key, fields }: CallbackRequest): void {
  const form = el("form", { method: "post", action: `${api}/api/messages`, hidden: true });
  for (const [name, value] of Object.entries({ ...fields, _key: key })) {
    form.append(el("input", { type: "hidden", name, value }));
  }
  document.body.append(form);
  form.submit();
}

type CallbackErrors = Parameters<typeof showErrors>[1];
