import { type ClassValue, clsx } from "clsx";
import { extendTailwindMerge } from "tailwind-merge";

const merge = extendTailwindMerge({
  extend: { theme: { text: ["xs", "s", "m", "l", "xl"], radius: ["s", "m", "l", "full"], shadow: ["raised"] } },
});

/** Class names, the later ones winning over those that say the same. */
export function cn(...classes: ClassValue[]): string {
  return merge(clsx(classes));
}
