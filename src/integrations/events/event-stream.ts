import type { Response } from 'express';
import { EVENT_STREAM } from '../../platform/web/compressed.js';
import { leaveOpen } from '../../platform/web/request-log.js';
import type { PageEvent } from './integration-marks.js';

/** A client that leaves so much unread is disconnected, in bytes. */
const MOST_UNREAD = 16_384;

/** Server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html) in one answer. */
export class EventStream {
  constructor(private readonly response: Response) {
    response.setHeader('Content-Type', EVENT_STREAM).setHeader('X-Accel-Buffering', 'no');
    response.flushHeaders();
    leaveOpen(response);
    this.comment();
  }

  /** @param id also sent without an event: the client sends it when it connects again */
  send(events: PageEvent[], id: string): void {
    const blocks = events.map((event) => `event: ${event}\ndata: ${id}\n\n`);
    this.write(`id: ${id}\n\n${blocks.join('')}`);
  }

  /** Keeps proxies from closing an idle connection. */
  comment(): void {
    this.write(':\n\n');
  }

  end(): void {
    this.response.end();
  }

  private write(text: string): void {
    if (this.response.writableLength > MOST_UNREAD) this.response.destroy();
    else this.response.write(text);
  }
}
