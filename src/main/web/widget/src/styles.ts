import { el } from "./dom";

/** The looks: every colour and measure can be set from outside by a variable of the same name. */
export const STYLES = `
:host { ${__LIGHT__} color-scheme: light;
  display: block; max-inline-size: 32rem; color: var(--callback-ink); font: 1rem/1.5 var(--callback-font); text-align: start; }
@media (prefers-color-scheme: dark) { :host([theme=auto]), :host([data-page=auto]) { ${__DARK__} color-scheme: dark; } }
:host([theme=dark]), :host([data-page=dark]) { ${__DARK__} color-scheme: dark; }
:host([hidden]) { display: none; }
*, *::before { box-sizing: border-box; }
section { background: var(--callback-surface); border: 1px solid var(--callback-line); border-radius: calc(var(--callback-radius) * 1.5);
  padding: clamp(1rem, 4vw, 1.5rem); }
h2, p, ul, form, fieldset { margin: 0; padding: 0; border: 0; min-inline-size: 0; }
h2 { font-size: 1.375rem; line-height: 1.2; letter-spacing: -.01em; text-wrap: balance; }
form, .done { display: grid; gap: 1rem; }
.intro, .optional, small { color: var(--callback-soft); font-weight: 400; }
.intro { margin-block-start: .375rem; }
header { margin-block-end: 1rem; }
label, legend { display: block; font-weight: 600; margin-block-end: .25rem; padding: 0; }
.pair { display: grid; gap: .75rem; grid-template-columns: repeat(auto-fit, minmax(12rem, 1fr)); }
.pair label { font-weight: 400; }
input, select, textarea, button { font: inherit; border-radius: var(--callback-radius); }
input, select, textarea { inline-size: 100%; min-block-size: 3rem; padding: .5rem .875rem; background: var(--callback-surface);
  color: inherit; border: 1.5px solid var(--callback-edge); }
textarea { min-block-size: 6rem; resize: vertical; }
[aria-invalid=true] { border-color: var(--callback-danger); }
.error { color: var(--callback-danger); font-size: .875rem; margin-block-start: .25rem; }
.beside { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
button { min-block-size: 3.25rem; padding: .5rem 1.25rem; border: 0; background: var(--callback-accent); color: var(--callback-on-accent);
  font-weight: 600; cursor: pointer; }
button:hover { background: var(--callback-accent-strong); }
button[aria-disabled=true] { opacity: .65; cursor: progress; }
button.quiet { background: none; color: var(--callback-accent); text-decoration: underline; text-underline-offset: .2em; justify-self: start;
  padding-inline: 0; }
a { color: var(--callback-accent); font-weight: 600; }
.tel { font-size: 1.25rem; }
:focus-visible { outline: 3px solid var(--callback-focus); outline-offset: 2px; }
[tabindex="-1"]:focus-visible { outline: none; }
.reference { font-size: 1.25rem; font-weight: 700; letter-spacing: .04em; font-variant-numeric: tabular-nums; }
.summary { border-inline-start: 4px solid var(--callback-danger); padding-inline-start: .875rem; }
`;

/** Not a style element where it can be helped: pages with a strict policy let in none. */
export function applyStyles(root: ShadowRoot): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLES);
    root.adoptedStyleSheets = [sheet];
  } catch {
    // Safari before 16.4 has none to construct.
    root.append(el("style", {}, STYLES));
  }
}
