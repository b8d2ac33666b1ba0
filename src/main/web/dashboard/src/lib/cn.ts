import { type ClassValue, clsx } from "clsx";
import { createTailwindMerge } from "tailwind-merge";

const TEXT_SIZES = ["xs", "s", "m", "l", "xl"];
const DISPLAYS = ["block", "inline-block", "flex", "inline-flex", "grid", "inline-grid", "contents", "hidden"];

const isAny = () => true;
const isColour = (value: string) =>
  !TEXT_SIZES.includes(value) && !["start", "center", "end", "balance", "wrap"].includes(value);

const SPACED = ["p", "px", "py", "ps", "pe", "pt", "pb", "m", "mx", "my", "ms", "me", "mt", "mb"];
const SIZED = [
  "h",
  "w",
  "size",
  "min-h",
  "max-h",
  "min-w",
  "max-w",
  "gap",
  "gap-x",
  "gap-y",
  "rounded",
  "opacity",
  "z",
  "justify-self",
  "bg",
];

/** What our own classes can say, and no more: the whole of Tailwind would be a twentieth of what a first visit loads. */
const merge = createTailwindMerge(() => ({
  cacheSize: 500,
  theme: {},
  classGroups: {
    ...Object.fromEntries([...SPACED, ...SIZED].map((name) => [name, [{ [name]: [isAny] }]])),
    "font-size": [{ text: TEXT_SIZES }],
    "text-colour": [{ text: [isColour] }],
    display: DISPLAYS,
  },
  conflictingClassGroups: {
    size: ["h", "w"],
    p: ["px", "py", "ps", "pe", "pt", "pb"],
    px: ["ps", "pe"],
    py: ["pt", "pb"],
    gap: ["gap-x", "gap-y"],
    m: ["mx", "my", "ms", "me", "mt", "mb"],
    mx: ["ms", "me"],
    my: ["mt", "mb"],
  },
  conflictingClassGroupModifiers: {},
  postfixLookupClassGroups: [],
  orderSensitiveModifiers: [],
}));

/** Class names, the later ones winning over those that say the same. */
export function cn(...classes: ClassValue[]): string {
  return merge(clsx(classes));
}
