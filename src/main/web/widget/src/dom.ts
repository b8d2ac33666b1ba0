type Child = Node | string | null | undefined | false;

/** An element with its attributes and children; no HTML is ever read from a text. */
export function el<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Record<string, string | boolean | undefined> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) {
      element.setAttribute(key, value === true ? "" : value);
    }
  }
  element.append(...children.filter(isShown));
  return element;
}

const isShown = (child: Child): child is Node | string => child instanceof Node || Boolean(child);
