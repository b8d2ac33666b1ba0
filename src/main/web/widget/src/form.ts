import { el } from "./dom";
import type { FieldError } from "./request";
import type { Texts } from "./texts";

type Control = HTMLInputElement | HTMLTextAreaElement;

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
export function formFields(texts: Texts): HTMLElement[] {
  const beside = el(
    "div",
    { class: "beside", "aria-hidden": "true" },
    el("label", { for: "company_website" }, "Company website"),
    el("input", { id: "company_website", name: "company_website", tabindex: "-1", autocomplete: "off" }),
  );
  return [
    beside,
    field("contactName", texts.name, input({ maxlength: "100", autocomplete: "name", required: true })),
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
          input({ type: "email", maxlength: "254", autocomplete: "email", inputmode: "email", autocapitalize: "none" }),
        ),
      ),
    ),
    field("message", texts.message, el("textarea", { maxlength: "2000", rows: "4", dir: "auto" }), texts.optional),
  ];
}

/** What the visitor filled in; what is blank is left out. */
export function valuesOf(form: HTMLFormElement): Record<string, string> {
  const values: Record<string, string> = {};
  new FormData(form).forEach((value, name) => {
    if (typeof value === "string" && value.trim() !== "") {
      values[name] = value;
    }
  });
  return values;
}

/** What can be said without asking the service, in its own words. */
export function missing(values: Record<string, string>, texts: Texts): FieldError[] {
  return [
    ...(values["contactName"] ? [] : [{ field: "contactName", detail: texts.nameMissing }]),
    ...(values["contactPhone"] || values["contactEmail"]
      ? []
      : [{ field: "contactPhone", detail: texts.contactMissing }]),
  ];
}

/** Puts what is wrong beside its field, and the focus on the first of them. Returns what belongs to none. */
export function showErrors(form: HTMLFormElement, errors: readonly FieldError[]): FieldError[] {
  form.querySelectorAll(".error").forEach((each) => each.remove());
  form.querySelectorAll("[aria-invalid]").forEach((each) => {
    each.removeAttribute("aria-invalid");
    each.removeAttribute("aria-describedby");
  });
  const homeless: FieldError[] = [];
  let first: HTMLElement | undefined;
  for (const error of errors) {
    const control = form.querySelector<HTMLElement>(`[name="${CSS.escape(error.field)}"]`);
    if (!control) {
      homeless.push(error);
      continue;
    }
    const id = `${error.field}-error`;
    control.setAttribute("aria-invalid", "true");
    control.setAttribute("aria-describedby", id);
    control.after(el("p", { class: "error", id }, error.detail));
    first ??= control;
  }
  first?.focus();
  return homeless;
}
