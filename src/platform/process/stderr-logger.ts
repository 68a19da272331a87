import type { LoggerService, LogLevel } from '@nestjs/common';
import { errorText } from './error-text.js';
import { AT_THE_START, TALKATIVE } from './nest-contexts.js';
import { printable } from './printable.js';

const LEVELS: LogLevel[] = ['verbose', 'debug', 'log', 'warn', 'error', 'fatal'];

/**
 * Logs to stderr, one line an entry, so that stdout has only the requested output, and so that typed text cannot
 * imitate an entry or control a terminal.
 */
export class StderrLogger implements LoggerService {
  /** @param options `traces`: whether an error is logged with its stack */
  constructor(
    private readonly least: LogLevel,
    private readonly options: { traces: boolean },
  ) {}

  verbose = (message: unknown, ...more: unknown[]): void => this.write('verbose', message, more);
  debug = (message: unknown, ...more: unknown[]): void => this.write('debug', message, more);
  log = (message: unknown, ...more: unknown[]): void => this.write('log', message, more);
  warn = (message: unknown, ...more: unknown[]): void => this.write('warn', message, more);
  error = (message: unknown, ...more: unknown[]): void => this.write('error', message, more);
  fatal = (message: unknown, ...more: unknown[]): void => this.write('fatal', message, more);

  /** Nest passes the context last, if any. */
  private write(level: LogLevel, message: unknown, more: unknown[]): void {
    const context = typeof more.at(-1) === 'string' ? String(more.at(-1)) : '';
    if (!this.isWanted(level, context)) return;
    const said = [message, ...(context ? more.slice(0, -1) : more)].filter((part) => part != null);
    const text = said.map((part) => this.textOf(part)).join(' ');
    const line = `${new Date().toISOString()} ${level.toUpperCase()} ${context && `[${context}] `}${text}`;
    process.stderr.write(`${printable(line)}\n`);
  }

  private isWanted(level: LogLevel, context: string): boolean {
    if (level === 'error' && AT_THE_START.includes(context)) return false;
    const weight = TALKATIVE.includes(context) && level === 'log' ? 'debug' : level;
    return LEVELS.indexOf(weight) >= LEVELS.indexOf(this.least);
  }

  private textOf(part: unknown): string {
    if (typeof part === 'string') return part;
    if (!(part instanceof Error)) return JSON.stringify(part) ?? String(part);
    const { cause } = part;
    const because = cause === undefined ? '' : ` because of ${this.textOf(cause)}`;
    return `${errorText(part, { frames: this.options.traces })}${because}`;
  }
}
