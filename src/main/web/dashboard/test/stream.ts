import { act } from "@testing-library/react";

/** The stream of a test's service: `{"GET /api/stream": stream.answer}`. */
export function aStream() {
  let last = 0;
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  const asked: URL[] = [];
  const send = (text: string) => act(async () => controller?.enqueue(new TextEncoder().encode(text)));
  return {
    asked,
    get isOpen() {
      return controller !== undefined;
    },
    answer: (request: Request) => {
      asked.push(new URL(request.url));
      const body = new ReadableStream<Uint8Array>({
        start: (mine) => {
          controller = mine;
          mine.enqueue(new TextEncoder().encode(`id:1-${last}\n:\n\n`));
        },
      });
      return new Response(body, { headers: { "Content-Type": "text/event-stream" } });
    },
    /** Tells an event, as the service would, with the next id. */
    tell: (event: string, data: unknown) => {
      const id = event === "counts" ? "" : `id:1-${++last}\n`;
      return send(`${id}event:${event}\ndata:${JSON.stringify(data)}\n\n`);
    },
    cut: () =>
      act(async () => {
        controller?.error(new TypeError("network error"));
        controller = undefined;
      }),
  };
}
