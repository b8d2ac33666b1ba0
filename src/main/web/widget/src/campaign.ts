const LONGEST = 200;

/** What led the visitor here, as the page's address says it: where, and what advertisers add. */
export function campaign(): Record<string, string> {
  const found: Record<string, string> = { page: location.origin + location.pathname };
  new URLSearchParams(location.search).forEach((value, name) => {
    if (name.startsWith("utm_")) {
      found[name.slice(0, LONGEST)] = value.slice(0, LONGEST);
    }
  });
  return found;
}
