import type { LoggerService } from '@nestjs/common';
import { type Level, type Logger, pino, stdTimeFunctions } from 'pino';
import type { LogConfig } from '../../../config/observability-config.js';
import { AT_THE_START, TALKATIVE } from '../../process/nest-contexts.js';
import { currentTrace, traceIdOf } from '../tracing/current-trace.js';
import { currentFacts } from '../work-facts.js';
import { errorChain } from './error-chain.js';

/** Names of fields whose value is never written, wherever they come from. */
const SECRET_FIELDS = [
  'authorization',
  'cookie',
  'password',
  'secret',
  'token',
  'privateKey',
  'clientSecret',
  'sealedSecret',
  'code_verifier',
];

interface ServerLogOptions {
  level: LogConfig['level'];
  role: string;
  /** Takes a line of JSON. */
  write: (line: string) => void;
}

/**
 * Writes what Nest's `Logger` is told, one JSON object an entry, with the facts of the current work: the ids of the
 * request, the run and the trace. Besides text, a logger takes an object: its fields become fields of the entry.
 */
export class ServerLogger implements LoggerService {
  private readonly pino: Logger;

  constructor({ level, role, write }: ServerLogOptions) {
    this.pino = pino(
      {
        level,
        base: { pid: process.pid, role },
        timestamp: stdTimeFunctions.isoTime,
        formatters: { level: (label) => ({ level: label }) },
        redact: {
          paths: SECRET_FIELDS.flatMap((name) => [`["${name}"]`, `*["${name}"]`]),
          censor: '[removed]',
        },
        mixin: () => ({ ...currentFacts(), traceId: traceIdOf(currentTrace()) }),
      },
      { write },
    );
  }

  verbose = (message: unknown, ...more: unknown[]): void => this.write('trace', message, more);
  debug = (message: unknown, ...more: unknown[]): void => this.write('debug', message, more);
  log = (message: unknown, ...more: unknown[]): void => this.write('info', message, more);
  warn = (message: unknown, ...more: unknown[]): void => this.write('warn', message, more);
  error = (message: unknown, ...more: unknown[]): void => this.write('error', message, more);
  fatal = (message: unknown, ...more: unknown[]): void => this.write('fatal', message, more);

  /** Nest passes the context last, if any. */
  private write(level: Level, message: unknown, more: unknown[]): void {
    const context = typeof more.at(-1) === 'string' ? String(more.at(-1)) : undefined;
    if (level === 'error' && AT_THE_START.includes(context ?? '')) return;
    const at = level === 'info' && TALKATIVE.includes(context ?? '') ? 'debug' : level;
    if (!this.pino.isLevelEnabled(at)) return;
    const parts = [message, ...(context === undefined ? more : more.slice(0, -1))];
    const entry: Record<string, unknown> = { context };
    const words: string[] = [];
    for (const part of parts) {
      if (part instanceof Error) entry.error = errorChain(part);
      else if (typeof part === 'object' && part !== null) Object.assign(entry, part);
      else if (part !== undefined && part !== null) words.push(String(part));
    }
    const text = words.join(' ') || undefined;
    this.pino[at](entry, text);
  }
}
