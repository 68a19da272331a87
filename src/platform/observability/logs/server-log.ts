import type { LoggerService } from '@nestjs/common';
import type { Config } from '../../../config/config.js';
import { printable } from '../../process/printable.js';
import { secretsOf, secretsRemover } from './remove-secrets.js';
import { ServerLogger } from './server-logger.js';

/** Characters that JSON does not escape, and that control a terminal or reorder text. */
const UNESCAPED = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

type Format = (line: string) => string;

/** The log of a server: to stderr, so that stdout has only the requested output. */
export async function serverLog(
  config: Config,
  level = config.observability.logs.level,
): Promise<LoggerService> {
  const format = await formatOf(config.observability.logs.format);
  const removeSecrets = secretsRemover(secretsOf(config));
  const write = (line: string) => void process.stderr.write(format(removeSecrets(line)));
  return new ServerLogger({ level, role: config.role, write });
}

async function formatOf(format: Config['observability']['logs']['format']): Promise<Format> {
  const isPretty = format === 'pretty' || (format === 'auto' && process.stderr.isTTY);
  return isPretty ? pretty() : escaped;
}

const escaped: Format = (line) =>
  line.replace(UNESCAPED, (character) => {
    const code = character.charCodeAt(0).toString(16).padStart(4, '0');
    return `\\u${code}`;
  });

/** For people: one line an entry. */
async function pretty(): Promise<Format> {
  // Loaded only where somebody looks.
  const { prettyFactory } = await import('pino-pretty');
  const present = prettyFactory({
    colorize: process.stderr.isTTY && process.stderr.hasColors(),
    singleLine: true,
    translateTime: 'SYS:HH:MM:ss.l',
    ignore: 'pid,role,context',
    messageFormat: '{if context}[{context}] {end}{msg}',
  });
  return (line) => present(JSON.parse(line, safe));
}

const safe = (_: string, value: unknown): unknown =>
  typeof value === 'string' ? printable(value) : value;
