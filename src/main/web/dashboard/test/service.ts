import { vi } from "vitest";

type Answer = unknown | ((request: Request) => unknown);

/** What a test's service was asked. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  readonly body: unknown;
}

/**
 * Stands for the service at the network: `{"GET /api/tags": [...]}`. An answer may be a function of the request, a Response, or an Error
 * for a connection that broke; what was not foreseen is answered 404, as the service would.
 */
export function playService(answers: Record<string, Answer>): { readonly asked: Asked[] } {
  const asked: Asked[] = [];
  vi.stubGlobal(
    "fetch",
    vi.fn(async (input: RequestInfo | URL, init?: RequestInit) => {
      const request = input instanceof Request ? input : new Request(new URL(String(input), location.href), init);
      const url = new URL(request.url);
      const text = await request.clone().text();
      asked.push({
        method: request.method,
        path: url.pathname,
        query: url.searchParams,
        headers: request.headers,
        body: text ? JSON.parse(text) : undefined,
      });
      const found = answers[`${request.method} ${url.pathname}`];
      const answer = typeof found === "function" ? await (found as (request: Request) => unknown)(request) : found;
      if (answer instanceof Error) {
        throw answer;
      }
      if (answer instanceof Response) {
        return answer;
      }
      return answer === undefined ? problem(404, "not-found", "There is nothing here.") : Response.json(answer);
    }),
  );
  return { asked };
}

/** A refusal as the service words it. */
export function problem(status: number, kind: string, detail: string, more: Record<string, unknown> = {}): Response {
  return Response.json(
    { type: `urn:callback-messaging:problem:${kind}`, title: kind, status, detail, ...more },
    { status, headers: { "Content-Type": "application/problem+json" } },
  );
}
