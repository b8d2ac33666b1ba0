import type { components } from "@/lib/api";

export type Funnel = components["schemas"]["Funnel"];

export function nameOfFunnel({ title, name, slug, id }: Funnel): string {
  return title ?? name ?? slug ?? id;
}

/** What puts the form into any page; the script is where the form is. */
export function snippet({ id, formUrl }: Funnel): string {
  return `<script src="${new URL(formUrl).origin}/widget.js" data-funnel="${id}" async></script>`;
}
