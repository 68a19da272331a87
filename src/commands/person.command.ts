import type { INestApplicationContext } from '@nestjs/common';
import { numberOf } from '../integrations/runs/member-sync-run.entity.js';
import { MemberSyncRuns } from '../integrations/runs/member-sync-runs.js';
import type { MemberChange } from '../members/changes/member-change.entity.js';
import { PersonChanges, presentPersonChange } from '../members/changes/person-changes.js';
import { GithubTeamPlaces } from '../members/github-teams/github-team-places.js';
import { type PersonPlace, presentPlace } from '../members/github-teams/present-github-team.js';
import { PersonLookUp } from '../members/listing/person-look-up.js';
import { presentMember } from '../members/listing/present-member.js';
import type { Member } from '../members/member.entity.js';
import { CommandError } from '../platform/process/command-error.js';
import { print, printError } from '../platform/process/output.js';
import { printable } from '../platform/process/printable.js';
import { localTime } from './local-time.js';
import { integrationOf, type OneShotOptions, withApp } from './one-shot.js';
import { warnOfParts } from './part-warning.js';
import { inTree, tableLines } from './table.js';

/** The most changes that are printed. */
const MAX_CHANGES = 100;

/**
 * Prints one person with the GitHub teams and the latest changes. A former login leads to the person; stderr says so, and
 * what of the teams and identities is not known.
 */
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
    const places = await app.get(GithubTeamPlaces).ofPerson(member);
    const query = { integrationId, githubId: member.githubId, limit: MAX_CHANGES };
    const changes = await app.get(PersonChanges).page(query);
    const shown = { member, places, changes };
    if (options.json) await print(jsonOf(shown));
    else await printText(app, shown);
    await warnOfParts(app, integrationId, ['teams', 'identities']);
  });
}

interface Shown {
  member: Member;
  places: PersonPlace[];
  changes: MemberChange[];
}

const valuesOfMember = (member: Member) => ({ id: member.id, ...presentMember(member) });

function jsonOf({ member, places, changes }: Shown): string {
  const person = { ...valuesOfMember(member), githubTeams: places.map(presentPlace) };
  return `${JSON.stringify({ person, changes: changes.map(presentPersonChange) })}\n`;
}

async function printText(
  app: INestApplicationContext,
  { member, places, changes }: Shown,
): Promise<void> {
  for (const [name, value] of Object.entries(valuesOfMember(member)))
    await print(`${name}: ${printable([value].flat().join(', ') || '–')}\n`);
  if (places.length > 0) await printTable(PLACES, () => placeRows(places));
  const runs = await app.get(MemberSyncRuns).byIds(changes.flatMap(({ runId }) => runId ?? []));
  const makerOf = ({ runId, madeBy }: MemberChange): string => {
    const run = runs.get(runId ?? 0);
    return [run && `run ${numberOf(run)}`, madeBy].filter(Boolean).join(', ');
  };
  await printTable(CHANGES, () => changeRows(changes, makerOf));
}

async function printTable(...table: Parameters<typeof tableLines>): Promise<void> {
  await print('\n');
  for await (const line of tableLines(...table)) await print(line);
}

const PLACES = ['GITHUB TEAM', 'NAME', 'ROLE', 'MEMBERSHIP'];

async function* placeRows(places: PersonPlace[]) {
  for (const { githubTeam, role, inherited, depth } of places)
    yield [
      ...[inTree(githubTeam.slug, depth), githubTeam.name, role],
      inherited ? 'inherited' : 'direct',
    ];
}

const CHANGES = ['AT', 'CHANGE', 'BY', 'BEFORE', 'AFTER'];

async function* changeRows(changes: MemberChange[], makerOf: (change: MemberChange) => string) {
  for (const change of changes) {
    const { madeAt, kind, before, after } = change;
    yield [localTime(madeAt), kind, makerOf(change), valuesOf(before), valuesOf(after)];
  }
}

const valuesOf = (values: object | null): string =>
  Object.entries(values ?? {})
    .map(([name, value]) => `${name}: ${value ?? '–'}`)
    .join(', ');
