import { vi } from "vitest";

/** A service that is played: each connection waits for what the test makes of it. */
export class Connection {
  private controller!: ReadableStreamDefaultController<Uint8Array>;
  private answer!: (response: Response) => void;
  private refuse!: (error: Error) => void;
  readonly answered: Promise<Response>;

  constructor(
    readonly url: URL,
    readonly init: RequestInit,
  ) {
    this.answered = new Promise((answer, refuse) => {
      this.answer = answer;
      this.refuse = refuse;
    });
    init.signal?.addEventListener("abort", () => this.refuse(new DOMException("aborted", "AbortError")));
  }

  get isOver(): boolean {
    return this.init.signal!.aborted;
  }

  get resumedAt(): string | null {
    return this.url.searchParams.get("lastEventId");
  }

  async open(...blocks: string[]): Promise<void> {
    const body = new ReadableStream<Uint8Array>({ start: (controller) => void (this.controller = controller) });
    this.answer(new Response(body, { headers: { "Content-Type": "text/event-stream" } }));
    await this.send(...blocks);
  }

  async send(...blocks: string[]): Promise<void> {
    for (const block of blocks) {
      this.controller.enqueue(new TextEncoder().encode(block));
      await vi.advanceTimersByTimeAsync(0);
    }
    await vi.advanceTimersByTimeAsync(0);
  }

  async end(): Promise<void> {
    this.controller.close();
    await vi.advanceTimersByTimeAsync(0);
  }

  async breaks(): Promise<void> {
    this.controller.error(new TypeError("network error"));
    await vi.advanceTimersByTimeAsync(0);
  }

  async say(status: number, headers: Record<string, string> = {}): Promise<void> {
    this.answer(new Response("{}", { status, headers }));
    await vi.advanceTimersByTimeAsync(0);
  }

  async fail(): Promise<void> {
    this.refuse(new TypeError("failed to fetch"));
    await vi.advanceTimersByTimeAsync(0);
  }
}
