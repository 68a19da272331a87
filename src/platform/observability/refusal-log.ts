import { Injectable, Logger, OnModuleDestroy } from '@nestjs/common';

/** What is logged of a refusal. No value may be a password, a token or another secret. */
export type RefusalFacts = Record<string, string | number | undefined>;

/** The most lines of one event in a window; the rest is only counted. */
const MAX_LINES_PER_WINDOW = 20;

/** In ms. */
const WINDOW_MS = 60_000;

/** The most characters logged of a client's text. */
const MAX_TEXT_LENGTH = 200;

/**
 * Logs refusals as JSON, one a line, at most 20 of each event a minute; then one line says how many were left out. So
 * the log shows a flood, but a flood does not fill the disk.
 */
@Injectable()
export class RefusalLog implements OnModuleDestroy {
  private readonly logger = new Logger('Refusals');
  private readonly windows = new Map<string, { lines: number; end: NodeJS.Timeout }>();

  write(event: string, facts: RefusalFacts): void {
    const window = this.windows.get(event) ?? this.open(event);
    if (++window.lines > MAX_LINES_PER_WINDOW) return;
    const shown = Object.entries(facts).map(([name, value]) => [name, shortened(value)]);
    this.logger.warn({ event, ...Object.fromEntries(shown) });
  }

  onModuleDestroy(): void {
    for (const event of this.windows.keys()) this.close(event);
  }

  private open(event: string) {
    const window = { lines: 0, end: setTimeout(() => this.close(event), WINDOW_MS).unref() };
    this.windows.set(event, window);
    return window;
  }

  private close(event: string): void {
    const window = this.windows.get(event);
    this.windows.delete(event);
    clearTimeout(window?.end);
    const leftOut = (window?.lines ?? 0) - MAX_LINES_PER_WINDOW;
    if (leftOut > 0) this.logger.warn({ event, leftOut, seconds: WINDOW_MS / 1000 });
  }
}

const shortened = (value: string | number | undefined) =>
  typeof value === 'string' && value.length > MAX_TEXT_LENGTH
    ? `${value.slice(0, MAX_TEXT_LENGTH)}…`
    : value;
