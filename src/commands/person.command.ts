import { numberOf } from '../integrations/runs/member-sync-run.entity.js';
import { MemberSyncRuns } from '../integrations/runs/member-sync-runs.js';
import type { MemberChange } from '../members/changes/member-change.entity.js';
import { PersonChanges, presentPersonChange } from '../members/changes/person-changes.js';
import { PersonLookUp } from '../members/listing/person-look-up.js';
import { presentMember } from '../members/listing/present-member.js';
import { CommandError } from '../platform/process/command-error.js';
import { print, printError } from '../platform/process/output.js';
import { printable } from '../platform/process/printable.js';
import { localTime } from './local-time.js';
import { integrationOf, type OneShotOptions, withApp } from './one-shot.js';
import { tableLines } from './table.js';

/** The most changes that are printed. */
const MAX_CHANGES = 100;

/** Prints one person with the latest changes. A former login leads to the person, and stderr says so. */
export async function person(
  organization: string,
  login: string,
  options: OneShotOptions,
): Promise<void> {
  await withApp(async (app) => {
    const { id: integrationId } = await integrationOf(app, organization, options.team);
    const member = await app.get(PersonLookUp).byLogin(integrationId, login);
    if (!member)
      throw new CommandError(
        `The directory of '${organization}' has nobody with the login '${login}'. \`rollcall members ${organization} --status active,left,disabled\` lists everybody.`,
      );
    if (member.loginKey !== login.toLowerCase())
      printError(printable(`'${login}' is a former login of '${member.login}'.`));
    const query = { integrationId, githubId: member.githubId, limit: MAX_CHANGES };
    const changes = await app.get(PersonChanges).page(query);
    const shown = { id: member.id, ...presentMember(member) };
    if (options.json)
      return print(
        `${JSON.stringify({ person: shown, changes: changes.map(presentPersonChange) })}\n`,
      );
    for (const [name, value] of Object.entries(shown))
      await print(`${name}: ${printable([value].flat().join(', ') || '–')}\n`);
    await print('\n');
    const runs = await app.get(MemberSyncRuns).byIds(changes.flatMap(({ runId }) => runId ?? []));
    const makerOf = ({ runId, madeBy }: MemberChange): string => {
      const run = runs.get(runId ?? 0);
      return [run && `run ${numberOf(run)}`, madeBy].filter(Boolean).join(', ');
    };
    for await (const line of tableLines(HEADER, () => rows(changes, makerOf))) await print(line);
  });
}

const HEADER = ['AT', 'CHANGE', 'BY', 'BEFORE', 'AFTER'];

async function* rows(changes: MemberChange[], makerOf: (change: MemberChange) => string) {
  for (const change of changes) {
    const { madeAt, kind, before, after } = change;
    yield [localTime(madeAt), kind, makerOf(change), valuesOf(before), valuesOf(after)];
  }
}

const valuesOf = (values: object | null): string =>
  Object.entries(values ?? {})
    .map(([name, value]) => `${name}: ${value ?? '–'}`)
    .join(', ');
