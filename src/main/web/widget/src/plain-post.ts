import { el } from "./dom";
import type { CallbackRequest } from "./request";

/** Sends it as a page without scripts would: the visitor ends on the service's own page, and the key makes it one request. */
export function postPlainly({ api, key, fields }: CallbackRequest): void {
  const form = el("form", { method: "post", action: `${api}/api/messages`, hidden: true });
  for (const [name, value] of Object.entries({ ...fields, _key: key })) {
    form.append(el("input", { type: "hidden", name, value }));
  }
  document.body.append(form);
  form.submit();
  // Who comes back finds the page as it was.
  form.remove();
}
