/** Which token each variable of the form has for its default. */
const COLOURS = {
  ink: "ink",
  soft: "ink-soft",
  surface: "surface",
  edge: "edge",
  line: "line",
  accent: "accent",
  "accent-strong": "accent-strong",
  "on-accent": "on-accent",
  danger: "danger",
  focus: "focus",
};
const MEASURES = { radius: "radius-m", font: "font" };

function declared(css: string): Record<string, string> {
  const found = css.matchAll(/--([\w-]+):\s*([^;]+);/g);
  return Object.fromEntries(Array.from(found, ([, name, value]) => [name, value!.replace(/\s+/g, " ")]));
}

function variables(names: Record<string, string>, tokens: Record<string, string>): string {
  return Object.entries(names)
    .map(([variable, token]) => {
      if (!tokens[token]) {
        throw new Error(`There is no token --${token} for --callback-${variable}.`);
      }
      return `--callback-${variable}: ${tokens[token]};`;
    })
    .join(" ");
}

/** The defaults of the form's variables, by what the device prefers: the same tokens as everything else. */
export function defaults(tokens: string): { light: string; dark: string } {
  const [light, dark] = tokens.split("@media (prefers-color-scheme: dark)");
  const day = declared(light!);
  const night = { ...day, ...declared(dark!) };
  return { light: variables({ ...COLOURS, ...MEASURES }, day), dark: variables(COLOURS, night) };
}
