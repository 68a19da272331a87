import type { INestApplicationContext } from '@nestjs/common';
import { Directories } from '../integrations/connections/directories.js';
import type { GithubIntegration } from '../integrations/connections/github-integration.entity.js';
import { TeamGithubTeams } from '../integrations/connections/team-github-teams.js';
import { PeopleQuestions, partsOf } from '../integrations/parts/people-questions.js';
import type { Affiliation } from '../members/affiliation.js';
import { TWO_FACTOR, type TwoFactorWord } from '../members/listing/filter-words.js';
import type { MemberFilter, ShownMember } from '../members/listing/member-query.js';
import { csvLines } from '../members/listing/members-csv.js';
import { type PresentedMember, presentMember } from '../members/listing/present-member.js';
import type { MemberStatus, OrganizationRole } from '../members/member.entity.js';
import { jsonArray } from '../platform/json.js';
import { CommandError, UsageError } from '../platform/process/command-error.js';
import { print } from '../platform/process/output.js';
import { integrationOf, withApp } from './one-shot.js';
import { formatOf, type OutputOptions } from './output-format.js';
import { warnOfParts } from './part-warning.js';
import { tableLines } from './table.js';

interface MembersOptions extends OutputOptions {
  status: MemberStatus[];
  affiliation: Affiliation;
  role?: OrganizationRole;
  twoFactor?: TwoFactorWord;
  /** False for those without one; true where nobody is left out. */
  identity: boolean;
  asOf?: Date;
  /** A slug. */
  githubTeam?: string;
  includeChildTeams?: boolean;
}

type Members = () => AsyncIterable<ShownMember>;

export async function members(organization: string, options: MembersOptions): Promise<void> {
  const format = formatOf(options);
  await withApp(async (app) => {
    const integration = await integrationOf(app, organization, options.team);
    const directory = await app.get(Directories).asOf(integration, options.asOf);
    const question = { ...options, identity: !options.identity };
    await app.get(PeopleQuestions).check(integration, question, options.asOf);
    const githubTeams = await peopleOf(app, integration, options);
    const all = () =>
      directory.all({ integrationId: integration.id, ...filterOf(options), githubTeams });
    for await (const text of FORMATS[format](all)) await print(text);
    await warnOfParts(app, integration.id, partsOf(question));
  });
}

const filterOf = ({ status, affiliation, role, ...more }: MembersOptions): MemberFilter => ({
  ...{ statuses: status, affiliation, role },
  twoFactor: more.twoFactor && TWO_FACTOR[more.twoFactor],
  identity: more.identity ? undefined : false,
});

/** @throws CommandError if the organization has, or had then, no such team */
async function peopleOf(
  app: INestApplicationContext,
  integration: GithubIntegration,
  { githubTeam: slug, includeChildTeams = false, asOf }: MembersOptions,
): Promise<MemberFilter['githubTeams']> {
  if (slug === undefined) {
    if (includeChildTeams) throw new UsageError('--include-child-teams needs --github-team.');
    return undefined;
  }
  const teams = app.get(TeamGithubTeams);
  const team = await teams.withSlug(integration, slug, asOf);
  if (team) return teams.peopleOf(team, includeChildTeams);
  const { organizationLogin: login } = integration;
  throw new CommandError(
    `'${login}' ${asOf ? 'had' : 'has'} no GitHub team with the slug '${slug}'${asOf ? ' then' : ''}. \`rollcall teams ${login}\` lists all that exist.`,
  );
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
