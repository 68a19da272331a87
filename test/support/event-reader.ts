import { onTestFinished } from 'vitest';
import type { WebClient } from './web-client.js';

export interface ServerEvent {
  /** `members` or `run`; undefined where only an id was sent. */
  event?: string;
  id?: string;
}

/** A stream of server-sent events, as a page has it open. */
export class EventReader {
  private text = '';

  private constructor(
    readonly response: Response,
    private readonly reader: ReadableStreamDefaultReader<Uint8Array>,
  ) {}

  /** Opens it as htmx does; closed when the test ends. */
  static async open(
    { url, cookie }: WebClient,
    path: string,
    headers: Record<string, string> = {},
  ): Promise<EventReader> {
    const leave = new AbortController();
    onTestFinished(() => leave.abort());
    const response = await fetch(url + path, {
      headers: { cookie, 'HX-Request': 'true', ...headers },
      redirect: 'manual',
      signal: leave.signal,
    });
    if (!response.body) throw new Error(`${path} has no body.`);
    return new EventReader(response, response.body.getReader());
  }

  /** The next message that is no comment; undefined at the end of the stream. */
  async next(): Promise<ServerEvent | undefined> {
    for (;;) {
      const block = await this.block();
      if (block === undefined) return undefined;
      const fields = block.split('\n').map((line) => /^(\w+): (.*)$/.exec(line)?.slice(1) ?? []);
      const { event, id } = Object.fromEntries(fields.filter(([name]) => name));
      if (event || id) return { ...(event && { event }), ...(id && { id }) };
    }
  }

  /** The next event of that name, whatever comes before it. */
  async until(event: string): Promise<void> {
    for (;;) {
      const next = await this.next();
      if (!next) throw new Error(`The stream ended without the event ${event}.`);
      if (next.event === event) return;
    }
  }

  /** Reads to the end. */
  async ended(): Promise<void> {
    while (await this.next());
  }

  /** Closes it, as a page that is left. */
  leave(): Promise<void> {
    return this.reader.cancel();
  }

  private async block(): Promise<string | undefined> {
    for (;;) {
      const end = this.text.indexOf('\n\n');
      if (end >= 0) {
        const block = this.text.slice(0, end);
        this.text = this.text.slice(end + 2);
        return block;
      }
      const { done, value } = await this.reader.read();
      if (done) return undefined;
      this.text += Buffer.from(value).toString();
    }
  }
}
