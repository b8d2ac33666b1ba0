/** One block of a `text/event-stream`, see https://html.spec.whatwg.org/multipage/server-sent-events.html */
export interface Frame {
  readonly event: string;
  /** undefined where the block has none: then it is no event, yet its id counts. */
  readonly data: string | undefined;
  readonly id: string | undefined;
}

const LINE_END = /\r\n|\n|\r/;

/**
 * Reads blocks as they come, until the stream ends or `signal` says so. The libraries there are forget the id of a block without data,
 * which is how the service says where a stream begins.
 *
 * @param heard called for whatever arrives, also for comments: they are no blocks, and yet show that somebody is there
 */
export async function* frames(
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal,
  heard: () => void,
): AsyncGenerator<Frame> {
  const reader = body.getReader();
  const stop = () => void reader.cancel().catch(() => undefined);
  signal.addEventListener("abort", stop);
  try {
    const decoder = new TextDecoder();
    let rest = "";
    let block = new Block();
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      heard();
      const text = rest + decoder.decode(read.value, { stream: true });
      // A line feed that belongs to it may come with the next piece.
      const held = text.endsWith("\r") ? 1 : 0;
      const lines = text.slice(0, text.length - held).split(LINE_END);
      rest = (lines.pop() ?? "") + text.slice(text.length - held);
      for (const line of lines) {
        if (line !== "") {
          block.take(line);
        } else {
          const frame = block.whole();
          block = new Block();
          if (frame) {
            yield frame;
          }
        }
      }
    }
  } finally {
    signal.removeEventListener("abort", stop);
    stop();
  }
}

class Block {
  private event = "message";
  private id: string | undefined;
  private readonly data: string[] = [];

  take(line: string): void {
    const colon = line.indexOf(":");
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (name === "event") {
      this.event = value;
    } else if (name === "data") {
      this.data.push(value);
    } else if (name === "id" && !value.includes("\0")) {
      this.id = value;
    }
  }

  whole(): Frame | undefined {
    const data = this.data.length > 0 ? this.data.join("\n") : undefined;
    return data === undefined && this.id === undefined ? undefined : { event: this.event, data, id: this.id };
  }
}
