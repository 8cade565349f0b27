/** Server-sent events of a test, with the data of all that came. */
export class EventClient {
  readonly frames: string[] = [];
  readonly #abort = new AbortController();

  /** Throws when it is answered with no such events. */
  static async open(url: string, headers: Readonly<Record<string, string>>): Promise<EventClient> {
    const source = new EventClient();
    const { status, body, headers: shown } = await fetch(url, { headers, signal: source.#abort.signal });
    if (body === null || shown.get("content-type") !== "text/event-stream") {
      throw new Error(`${url} was answered with ${status} and no events.`);
    }
    void source.#read(body);
    return source;
  }

  leave(): void {
    this.#abort.abort();
  }

  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    let rest = "";
    try {
      for await (const text of body.pipeThrough(new TextDecoderStream())) {
        const events = `${rest}${text}`.split("\n\n");
        rest = events.pop() ?? "";
        for (const event of events) this.frames.push(event.replace(/^event: data\ndata: /, ""));
      }
    } catch {
      // Whoever has left, or was left, reads no more.
    }
  }
}
