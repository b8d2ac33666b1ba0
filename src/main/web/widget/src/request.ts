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
  /**
   * The service is there, but the funnel does not list this page's origin: the browser keeps the answer to itself, or the answer is no.
   * Whether it was stored only a page of the service's own can say.
   */
  | { readonly kind: "unreadable" };

/** How long an answer may take. */
const PATIENCE_MS = 20_000;
const PROBE_PATIENCE_MS = 5_000;
/** How long `send` may take. */
export const LONGEST_TRY_MS = 2 * (PATIENCE_MS + PROBE_PATIENCE_MS);
const REPEATABLE: ReadonlySet<number> = new Set([408, 409, 425, 429]);
const FORBIDDEN = 403;
const LATER: Outcome = { kind: "later", afterMs: undefined };

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
export async function send(request: CallbackRequest): Promise<Outcome> {
  // A network that comes back after the first failure looks like a service that does not let this page read: only the second one tells.
  for (let post = 0; post < 2; post++) {
    const outcome = await postOnce(request);
    if (outcome) {
      return outcome;
    }
    if (!(await isThere(request.api))) {
      return LATER;
    }
  }
  return { kind: "unreadable" };
}

/** What became of one post; undefined where nothing of the answer may be read, or there was none. */
async function postOnce({ key, api, fields }: CallbackRequest): Promise<Outcome | undefined> {
  const patience = within(PATIENCE_MS);
  try {
    const answer = await fetch(`${api}/api/messages`, {
      method: "POST",
      headers: { Accept: "application/json" },
      body: new URLSearchParams({ ...fields, _key: key }),
      credentials: "omit",
      signal: patience.signal,
      // It goes on when the visitor leaves the page.
      keepalive: true,
    });
    return await outcomeOf(answer);
  } catch {
    // A service that hangs would let a plain form hang too.
    return patience.signal.aborted ? LATER : undefined;
  } finally {
    patience.end();
  }
}

/** Whether the service answers at all: its script may be read by every page, and a gateway's error in its place is none. */
async function isThere(api: string): Promise<boolean> {
  const patience = within(PROBE_PATIENCE_MS);
  try {
    const signal = patience.signal;
    return (await fetch(`${api}/widget.js`, { cache: "no-store", credentials: "omit", signal })).ok;
  } catch {
    return false;
  } finally {
    patience.end();
  }
}

function within(milliseconds: number): { readonly signal: AbortSignal; end(): void } {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), milliseconds);
  return { signal: stop.signal, end: () => clearTimeout(timer) };
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
  return answer.status === FORBIDDEN
    ? { kind: "unreadable" }
    : { kind: "refused", detail: body.detail ?? "", errors: body.errors ?? [] };
}
