import { badge } from "@/lib/format";

// As public/icon.svg, with a count in its corner. A picture of its own knows no style sheet: the colours stand as in the tokens.
const ICON =
  '<rect width="64" height="64" rx="16" fill="#0c6b45"/><path d="M24 45a18 18 0 1 0-8-11" fill="none" stroke="#fff" stroke-width="7" stroke-linecap="round"/><path d="m8.5 29 7.5 9 9-7.5" fill="none" stroke="#fff" stroke-width="7" stroke-linecap="round" stroke-linejoin="round"/>';

/** The page's icon with how many are unread. */
export function iconWithCount(count: number): string {
  const text = badge(count);
  const width = 20 + 14 * text.length;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">${ICON}<rect x="${64 - width}" y="26" width="${width}" height="38" rx="19" fill="#b3261e"/><text x="${64 - width / 2}" y="55" fill="#fff" font-family="system-ui, sans-serif" font-size="28" font-weight="700" text-anchor="middle">${text}</text></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

let plain: string | undefined;

export function showInIcon(count: number): void {
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  if (link) {
    plain ??= link.getAttribute("href") ?? "";
    link.href = count > 0 ? iconWithCount(count) : plain;
  }
}
