import type { components } from "@/lib/api";

export type Funnel = components["schemas"]["Funnel"];

export function nameOfFunnel({ title, name, slug, id }: Funnel): string {
  return title ?? name ?? slug ?? id;
}

/** Where visitors find the form. */
export function formUrl({ slug, id }: Funnel): string {
  return `${location.origin}/f/${slug ?? id}`;
}

/** What puts the form into any page. */
export function snippet({ id }: Funnel): string {
  return `<script src="${location.origin}/widget.js" data-funnel="${id}" async></script>`;
}
