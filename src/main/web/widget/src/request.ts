/** One request for a call, as it is filled in; the key makes a repetition harmless. */
export interface CallbackRequest {
  readonly key: string;
  readonly api: string;
  readonly fields: Readonly<Record<string, string>>;
  /** When it was filled in, in milliseconds since 1970. */
  readonly at: number;
}

export interface FieldError {
  readonly field: string;
  readonly detail: string;
}

/** What became of sending it. `later` is worth another try: nobody has refused it. */
export type Outcome =
  | { readonly kind: "accepted"; readonly id: string }
  | { readonly kind: "refused"; readonly detail: string; readonly errors: readonly FieldError[] }
  | { readonly kind: "later"; readonly afterMs: number | undefined }
  /** The service is there, but the funnel does not list this page's origin, so the browser keeps its answer to itself. */
  | { readonly kind: "unreadable" };

const PATIENCE_MS = 20_000;
const REPEATABLE: ReadonlySet<number> = new Set([408, 409, 425, 429]);

/** A new key; where the page is not a secure one there is no randomUUID. */
export function newKey(): string {
  return (
    crypto.randomUUID?.() ??
    Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("")
  );
}

/**
 * Sends it as a plain form would be sent: browsers need not ask the service before, phone numbers may be any text, and the same rules hold
 * as for the form without a script.
 */
export async function send({ key, api, fields }: CallbackRequest): Promise<Outcome> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE_MS);
  try {
    const answer = await fetch(`${api}/api/messages`, {
      method: "POST",
      headers: { Accept: "application/json" },
      body: new URLSearchParams({ ...fields, _key: key }),
      credentials: "omit",
      signal: stop.signal,
      // It goes on when the visitor leaves the page.
      keepalive: true,
    });
    return await outcomeOf(answer);
  } catch {
    return (await isThere(api)) ? { kind: "unreadable" } : { kind: "later", afterMs: undefined };
  } finally {
    clearTimeout(timer);
  }
}

/** Whether anything answers at the service's address: that much a browser tells of any other origin. */
async function isThere(api: string): Promise<boolean> {
  try {
    await fetch(`${api}/widget.js`, { mode: "no-cors", cache: "no-store", credentials: "omit" });
    return true;
  } catch {
    return false;
  }
}

async function outcomeOf(answer: Response): Promise<Outcome> {
  const body = (await answer.json().catch(() => ({}))) as { id?: string; detail?: string; errors?: FieldError[] };
  if (answer.ok) {
    return { kind: "accepted", id: body.id ?? "" };
  }
  if (answer.status >= 500 || REPEATABLE.has(answer.status)) {
    const seconds = Number(answer.headers.get("Retry-After"));
    return { kind: "later", afterMs: seconds > 0 ? seconds * 1_000 : undefined };
  }
  return { kind: "refused", detail: body.detail ?? "", errors: body.errors ?? [] };
}
