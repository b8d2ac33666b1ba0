import createFetchClient, { type Client, type Middleware } from "openapi-fetch";
import type { components, paths } from "./contract.js";

export type { components, operations, paths } from "./contract.js";

/** A lead, as lists show it. */
export type Message = components["schemas"]["Message"];

/** Why a request was refused, and what to do about it. */
export type Problem = components["schemas"]["Problem"];

export interface Options {
  /** Where the service is, such as `https://callback.example.com`; left out, where the page came from. */
  readonly baseUrl?: string;
  /** What to show as bearer: an API key, or what gives a person's access token, asked anew for each request. Left out, the session's cookie is sent. */
  readonly bearer?: string | (() => string | Promise<string>);
  /** Which business is meant, by a person of several. */
  readonly business?: string;
  /** What sends requests; left out, the platform's own. */
  readonly fetch?: (request: Request) => Promise<Response>;
}

const COOKIE = /(?:^|; )(?:__Host-)?XSRF-TOKEN=([^;]*)/;

/** Calls the API; what there is to ask, and what is answered, is known from the contract. */
export function callbackMessaging(options: Options = {}): Client<paths> {
  const { baseUrl = "", fetch } = options;
  const client = createFetchClient<paths>({ baseUrl, credentials: "same-origin", ...(fetch && { fetch }) });
  client.use(identity(options));
  return client;
}

/** What is asked again after a failure and must not be done twice says so by the same key. */
export function idempotencyKey(): string {
  return crypto.randomUUID();
}

function identity({ bearer, business }: Options): Middleware {
  return {
    async onRequest({ request }) {
      if (bearer !== undefined) {
        request.headers.set("Authorization", `Bearer ${typeof bearer === "string" ? bearer : await bearer()}`);
      } else if (request.method !== "GET") {
        const token = COOKIE.exec(globalThis.document?.cookie ?? "")?.[1];
        if (token) {
          request.headers.set("X-XSRF-TOKEN", decodeURIComponent(token));
        }
      }
      if (business !== undefined) {
        request.headers.set("X-Business-Id", business);
      }
      return request;
    },
  };
}

/** A request that was refused, for those who would rather catch. */
export class Refused extends Error {
  override readonly name = "Refused";

  /** @param response where it stands when to come again, `Retry-After` */
  constructor(
    readonly problem: Problem,
    readonly response: Response,
  ) {
    super(problem.detail ?? problem.title);
  }
}

/** What was answered, or throws what was refused. */
export async function answered<T>(
  call: Promise<{ data?: T | undefined; error?: unknown; response: Response }>,
): Promise<T> {
  const { data, error, response } = await call;
  if (response.ok) {
    return data as T;
  }
  throw new Refused(isProblem(error) ? error : unknown(response), response);
}

function isProblem(error: unknown): error is Problem {
  return typeof error === "object" && error !== null && "title" in error && "status" in error;
}

function unknown(response: Response): Problem {
  return {
    type: "about:blank",
    title: response.statusText || "No answer of the service",
    status: response.status,
    detail: `The answer was ${response.status}. Try again in a moment.`,
  };
}

export { type Counts, follow, type Stream, type StreamEvent, type StreamOptions, type StreamState } from "./stream.js";
export { followTogether, type SharedStreamOptions } from "./shared-stream.js";
