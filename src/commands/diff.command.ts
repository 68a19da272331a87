import { Directories } from '../integrations/connections/directories.js';
import { differencesCsv } from '../members/past/difference-files.js';
import type { MemberDifference } from '../members/past/member-difference.js';
import { jsonArray } from '../platform/json.js';
import { print } from '../platform/process/output.js';
import { integrationOf, withApp } from './one-shot.js';
import { formatOf, type OutputOptions } from './output-format.js';
import { tableLines } from './table.js';

interface DiffOptions extends OutputOptions {
  from: Date;
  to: Date;
}

/** Prints who joined, left or changed between two moments. */
export async function diff(organization: string, options: DiffOptions): Promise<void> {
  const format = formatOf(options);
  await withApp(async (app) => {
    const integration = await integrationOf(app, organization, options.team);
    const comparison = await app.get(Directories).compare(integration, options);
    if (format === 'table' && (await isEmpty(comparison.all()))) return print('No differences.\n');
    for await (const text of FORMATS[format](() => comparison.all())) await print(text);
  });
}

async function isEmpty(all: AsyncIterable<unknown>): Promise<boolean> {
  for await (const _ of all) return false;
  return true;
}

type Differences = () => AsyncIterable<MemberDifference>;

const FORMATS = {
  json: (all: Differences) => jsonArray(all()),
  csv: (all: Differences) => differencesCsv(all()),
  table: (all: Differences) => tableLines(HEADER, () => rows(all())),
};

const HEADER = ['DIFFERENCE', 'LOGIN', 'NAME', 'GITHUB ID', 'VALUES'];

async function* rows(differences: AsyncIterable<MemberDifference>) {
  for await (const { kind, login, displayName, githubId, before, after } of differences)
    yield [kind, login, displayName, githubId, before ? valuesOf(before, after) : ''];
}

const valuesOf = (before: object, after: object): string => {
  const old = Object.entries(before);
  const values = new Map(Object.entries(after));
  return old
    .map(([name, value]) => `${name}: ${word(value)} → ${word(values.get(name))}`)
    .join(', ');
};

const word = (value: unknown): string => (value === null || value === '' ? '–' : String(value));
