/**
 * `getComputedStyle` as cheap as tests need it. jsdom matches every rule of its own style sheet against an element each time that its style is
 * read, and a query by role reads the styles up to the root: a fifth of the time of all tests. Tests load no style sheet, so that an element's
 * kind and its own `style` decide everything that a query asks for.
 */
const INLINE = new Set(
  (
    "a abbr b bdi bdo br button cite code data del dfn em i img input ins kbd label mark meter output progress q s samp select small span " +
    "strong sub sup svg textarea time u var wbr"
  ).split(" "),
);
const NEVER_SHOWN = new Set(["head", "link", "meta", "noscript", "script", "style", "template", "title"]);
const UNSTYLED = document.createElement("i").style;

const styleOf = (element: Element): CSSStyleDeclaration =>
  (element as Partial<ElementCSSInlineStyle>).style ?? UNSTYLED;

const isHidden = (element: Element): boolean =>
  NEVER_SHOWN.has(element.localName) || element.hasAttribute("hidden") || element.matches("input[type=hidden]");

function inherited(element: Element, property: "visibility" | "pointerEvents"): string | undefined {
  for (let each: Element | null = element; each; each = each.parentElement) {
    const value = styleOf(each)[property];
    if (value && value !== "inherit") return value;
  }
  return undefined;
}

const COMPUTED: Record<string, (element: Element) => string> = {
  display: (element) =>
    styleOf(element).display || (isHidden(element) ? "none" : INLINE.has(element.localName) ? "inline" : "block"),
  visibility: (element) => inherited(element, "visibility") ?? "visible",
  pointerEvents: (element) => inherited(element, "pointerEvents") ?? "auto",
  "pointer-events": (element) => inherited(element, "pointerEvents") ?? "auto",
  opacity: (element) => styleOf(element).opacity || "1",
};

export function computedStyle(element: Element, pseudo?: string | null): CSSStyleDeclaration {
  if (pseudo) return UNSTYLED;
  return new Proxy(styleOf(element), {
    get(style, property) {
      if (property === "getPropertyValue") {
        return (name: string) => COMPUTED[name]?.(element) ?? style.getPropertyValue(name);
      }
      if (typeof property === "string" && property in COMPUTED) return COMPUTED[property]?.(element);
      const value: unknown = Reflect.get(style, property);
      return typeof value === "function" ? (value as () => unknown).bind(style) : value;
    },
  });
}
