import { el } from "./dom";
import type { Texts } from "./texts";

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
type Values = Readonly<Record<string, string>>;

function field(name: string, label: string, control: Control, hint?: string): HTMLElement {
  control.id = name;
  control.setAttribute("name", name);
  return el(
    "div",
    { class: "field" },
    el("label", { for: name }, label, hint ? el("span", { class: "optional" }, ` ${hint}`) : undefined),
    control,
  );
}

const input = (attributes: Record<string, string | boolean>) => el("input", { dir: "auto", ...attributes });

/** The fields of the hosted form, with the same names, limits and helps. */
function fields(texts: Texts, times: HTMLSelectElement | undefined): HTMLElement[] {
  const beside = el(
    "div",
    { class: "beside", "aria-hidden": "true" },
    el("label", { for: "further_topic" }, texts.leaveEmpty),
    el("input", {
      id: "further_topic",
      name: "further_topic",
      tabindex: "-1",
      // Neither a browser nor a password manager is to fill it in.
      autocomplete: "off",
      "data-1p-ignore": true,
      "data-lpignore": "true",
      "data-bwignore": true,
      "data-form-type": "other",
    }),
  );
  return [
    beside,
    field(
      "contactName",
      texts.name,
      input({
        maxlength: "100",
        autocomplete: "name",
        autocapitalize: "words",
        spellcheck: "false",
        required: true,
      }),
    ),
    el(
      "fieldset",
      {},
      el("legend", {}, texts.either),
      el(
        "div",
        { class: "pair" },
        field(
          "contactPhone",
          texts.phone,
          input({ type: "tel", maxlength: "40", autocomplete: "tel", inputmode: "tel" }),
        ),
        field(
          "contactEmail",
          texts.email,
          input({
            type: "email",
            maxlength: "254",
            autocomplete: "email",
            inputmode: "email",
            autocapitalize: "none",
            spellcheck: "false",
          }),
        ),
      ),
    ),
    field("message", texts.message, el("textarea", { maxlength: "2000", rows: "4", dir: "auto" }), texts.optional),
    ...(times ? [field("preferredTime", texts.when, times)] : []),
  ];
}

/** The form, which asks when to call where it is given times; `novalidate`, because the service's own words are kinder than the browser's, and it takes more. */
export function formOf(
  texts: Texts,
  onSubmit: (form: HTMLFormElement) => void,
  times?: HTMLSelectElement,
): HTMLFormElement {
  const form = el("form", { novalidate: true }, ...fields(texts, times), el("button", { type: "submit" }, texts.send));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    onSubmit(form);
  });
  return form;
}

/** What the visitor filled in; what is blank is left out. */
export function valuesOf(form: HTMLFormElement): Values {
  const values: Record<string, string> = {};
  new FormData(form).forEach((value, name) => {
    if (typeof value === "string" && value.trim() !== "") {
      values[name] = value;
    }
  });
  return values;
}

/** Whether a request was filled in with exactly this. */
export function isFilledWith(form: HTMLFormElement, values: Values, request: Values): boolean {
  return controls(form).every(({ name }) => values[name] === request[name]);
}

export function fill(form: HTMLFormElement, values: Values): void {
  for (const control of controls(form)) {
    control.value = values[control.name] ?? "";
    if (control instanceof HTMLSelectElement && control.selectedIndex < 0) {
      // A time that was kept may not be offered any more.
      control.selectedIndex = 0;
    }
  }
}

const controls = (form: HTMLFormElement) => [...form.querySelectorAll<Control>("input, textarea, select")];

/** Shows that it is being sent; the button stays where the focus is. */
export function showSending(form: HTMLFormElement, isSending: boolean, texts: Texts): void {
  const button = form.querySelector<HTMLButtonElement>("button[type=submit]")!;
  button.textContent = isSending ? texts.sending : texts.send;
  if (isSending) {
    button.setAttribute("aria-disabled", "true");
  } else {
    button.removeAttribute("aria-disabled");
  }
}
