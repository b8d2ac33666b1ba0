import { CallbackForm } from "./element";
import { startQueue } from "./queue";

/** What may stand on the script, as `data-…`, and goes to the form. */
const ATTRIBUTES = ["funnel", "api", "heading", "intro", "tel", "lang", "theme", "texts", "times"] as const;

const script = document.currentScript as HTMLScriptElement | null;

if (!customElements.get("callback-form")) {
  CallbackForm.defaultApi = script ? new URL(script.src, location.href).origin : location.origin;
  customElements.define("callback-form", CallbackForm);
  startQueue();
}

// <script src=… data-funnel=…> puts the form where it stands.
if (script?.dataset["funnel"]) {
  const form = document.createElement("callback-form");
  for (const name of ATTRIBUTES) {
    const value = script.dataset[name];
    if (value !== undefined) {
      form.setAttribute(name, value);
    }
  }
  script.after(form);
  if (form.closest("head")) {
    console.error("callback-form: a script in the head of a page stands nowhere. Move it to where the form shall be.");
  }
}
