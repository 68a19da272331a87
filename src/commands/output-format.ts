import { Option } from 'commander';
import { UsageError } from '../platform/process/command-error.js';
import type { OneShotOptions } from './one-shot.js';

const FORMATS = ['table', 'csv', 'json'] as const;

type OutputFormat = (typeof FORMATS)[number];

export interface OutputOptions extends OneShotOptions {
  format?: OutputFormat;
}

export const formatOption = (): Option =>
  new Option('--format <format>', 'default: table').choices([...FORMATS]);

/** @throws UsageError if `--json` and `--format` contradict each other */
export function formatOf({ json, format }: OutputOptions): OutputFormat {
  if (json && format && format !== 'json')
    throw new UsageError(`--json and --format ${format} cannot be used together. Remove one.`);
  return json ? 'json' : (format ?? 'table');
}
