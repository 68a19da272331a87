import { Directories } from '../integrations/connections/directories.js';
import type { ShownMember } from '../members/listing/member-query.js';
import { csvLines } from '../members/listing/members-csv.js';
import { type PresentedMember, presentMember } from '../members/listing/present-member.js';
import type { MemberStatus } from '../members/member.entity.js';
import { jsonArray } from '../platform/json.js';
import { UsageError } from '../platform/process/command-error.js';
import { print } from '../platform/process/output.js';
import { integrationOf, type OneShotOptions, withApp } from './one-shot.js';
import { tableLines } from './table.js';

interface MembersOptions extends OneShotOptions {
  status: MemberStatus[];
  format?: 'table' | 'csv' | 'json';
  asOf?: Date;
}

type Members = () => AsyncIterable<ShownMember>;

export async function members(organization: string, options: MembersOptions): Promise<void> {
  const format = formatOf(options);
  await withApp(async (app) => {
    const integration = await integrationOf(app, organization, options.team);
    const directory = await app.get(Directories).asOf(integration, options.asOf);
    const all = () => directory.all({ integrationId: integration.id, statuses: options.status });
    for await (const text of FORMATS[format](all)) await print(text);
  });
}

function formatOf({ json, format }: MembersOptions): 'table' | 'csv' | 'json' {
  if (json && format && format !== 'json')
    throw new UsageError(`--json and --format ${format} cannot be used together. Remove one.`);
  return json ? 'json' : (format ?? 'table');
}

async function* presented(members: AsyncIterable<ShownMember>): AsyncGenerator<PresentedMember> {
  for await (const member of members) yield presentMember(member);
}

const FORMATS = {
  json: (all: Members) => jsonArray(presented(all())),
  csv: (all: Members) => csvLines(all()),
  table: (all: Members) =>
    tableLines(['LOGIN', 'NAME', 'EMAIL', 'ROLE', 'STATUS', 'GITHUB ID'], () => tableRows(all)),
};

async function* tableRows(all: Members) {
  for await (const { login, displayName, email, role, status, githubId } of presented(all()))
    yield [login, displayName, email, role, status, githubId];
}
