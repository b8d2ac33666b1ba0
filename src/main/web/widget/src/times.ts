import { el } from "./dom";
import type { Texts } from "./texts";

const DAYS = 3;
const NOON = 12;
const DAY_MS = 24 * 3_600_000;

/** When the visitor may ask to be called: parts of the next days. The service knows the opening hours, and names others where it is closed. */
export function timesField(texts: Texts, lang: string | undefined): HTMLSelectElement {
  const now = new Date();
  const select = el("select", {}, el("option", { value: "asap" }, texts.soon));
  for (let day = 0; day < DAYS; day++) {
    const date = new Date(now.getTime() + day * DAY_MS);
    const name = date.toLocaleDateString(lang || undefined, { weekday: "long", day: "numeric", month: "long" });
    const iso = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join("-");
    const parts = { morning: texts.morning, afternoon: texts.afternoon, evening: texts.evening };
    for (const [part, word] of Object.entries(parts)) {
      if (day > 0 || part !== "morning" || now.getHours() < NOON) {
        select.append(el("option", { value: `${iso} ${part}` }, `${name}, ${word}`));
      }
    }
  }
  return select;
}

const two = (number: number) => String(number).padStart(2, "0");
