/** Where who signed in goes on: a page of ours that was asked for before, and nothing elsewhere. */
export function nextPage(asked: string | null, origin: string): string {
  try {
    const url = new URL(asked ?? "", origin);
    // A browser reads "/\example.com" as another host, as this does.
    return asked?.startsWith("/") && url.origin === origin ? url.pathname + url.search + url.hash : "/inbox";
  } catch {
    return "/inbox";
  }
}
