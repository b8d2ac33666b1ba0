import { el } from "./dom";
import type { FieldError } from "./request";
import type { Texts } from "./texts";

/** What can be said without asking the service, in its own words. */
export function missing(values: Readonly<Record<string, string>>, texts: Texts): FieldError[] {
  return [
    ...(values["contactName"] ? [] : [{ field: "contactName", detail: texts.nameMissing }]),
    ...(values["contactPhone"] || values["contactEmail"]
      ? []
      : [{ field: "contactPhone", detail: texts.contactMissing }]),
  ];
}

export function clearErrors(form: HTMLFormElement): void {
  form.querySelectorAll(".error, .summary").forEach((each) => each.remove());
  form.querySelectorAll("[aria-invalid]").forEach((each) => {
    each.removeAttribute("aria-invalid");
    each.removeAttribute("aria-describedby");
  });
}

/** Puts what is wrong beside its field. Returns the fields, and what belongs to none. */
export function showErrors(form: HTMLFormElement, errors: readonly FieldError[]) {
  const fields: HTMLElement[] = [];
  const homeless: FieldError[] = [];
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
    fields.push(control);
  }
  return { fields, homeless };
}

/** What concerns the form as a whole, above its fields. */
export function showSummary(form: HTMLFormElement, text: string, ...more: (HTMLElement | undefined)[]): HTMLElement {
  const summary = el("div", { class: "summary", role: "alert", tabindex: "-1" }, el("p", {}, text), ...more);
  form.prepend(summary);
  return summary;
}
