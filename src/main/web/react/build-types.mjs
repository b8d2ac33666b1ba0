// The contract's types are no source that tsc copies, and the style sheet is no module.
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";

const ROOT = ":where(.cm-root)";
const DARK = "@media (prefers-color-scheme: dark)";

copyFileSync("../client/src/contract.d.ts", "dist/types/client/src/contract.d.ts");

/** The colours by day and by night, as the page around has them, which need not be what the device prefers. */
function byPage(tokens) {
  const [light, dark] = tokens.split(DARK).map(coloursOf);
  const both = Object.entries(dark).map(
    ([name, colour]) => `  ${name}: light-dark(${light[name] ?? colour}, ${colour});`,
  );
  return `@supports (color: light-dark(red, red)) {\n${ROOT} {\n${both.join("\n")}\n}\n}\n`;
}

function coloursOf(rules) {
  return Object.fromEntries(
    [...rules.matchAll(/(--[a-z-]+): (#[0-9a-f]+);/g)].map(([, name, colour]) => [name, colour]),
  );
}

function inRoot(tokens) {
  const [light, rest] = tokens.split(DARK);
  const others = rest.slice(rest.indexOf("@media"));
  return `${light}${others}`.replace(/ *color-scheme: .*\n/, "").replaceAll(":root", ROOT);
}

const tokens = readFileSync("../../resources/static/assets/tokens.css", "utf8");
writeFileSync("dist/styles.css", `${inRoot(tokens)}\n${byPage(tokens)}\n${readFileSync("src/styles.css", "utf8")}`);
