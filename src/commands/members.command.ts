import type { INestApplicationContext } from '@nestjs/common';
import { Directories } from '../integrations/connections/directories.js';
import type { GithubIntegration } from '../integrations/connections/github-integration.entity.js';
import { IntegrationParts } from '../integrations/parts/integration-parts.js';
import type { PartName } from '../integrations/parts/part.js';
import type { Affiliation } from '../members/affiliation.js';
import { GithubTeamPlaces } from '../members/github-teams/github-team-places.js';
import { GithubTeams } from '../members/github-teams/github-teams.js';
import { TWO_FACTOR, type TwoFactorWord } from '../members/listing/filter-words.js';
import type { MemberFilter, ShownMember } from '../members/listing/member-query.js';
import { csvLines } from '../members/listing/members-csv.js';
import { type PresentedMember, presentMember } from '../members/listing/present-member.js';
import type { MemberStatus, OrganizationRole } from '../members/member.entity.js';
import { jsonArray } from '../platform/json.js';
import { CommandError } from '../platform/process/command-error.js';
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
}

type Members = () => AsyncIterable<ShownMember>;

export async function members(organization: string, options: MembersOptions): Promise<void> {
  const format = formatOf(options);
  await withApp(async (app) => {
    const integration = await integrationOf(app, organization, options.team);
    const directory = await app.get(Directories).asOf(integration, options.asOf);
    if (!options.identity)
      await app.get(IntegrationParts).requireRead(integration.id, 'identities');
    const { githubTeam: slug } = options;
    const githubTeams = slug === undefined ? undefined : await peopleOf(app, integration, slug);
    const all = () =>
      directory.all({ integrationId: integration.id, ...filterOf(options), githubTeams });
    for await (const text of FORMATS[format](all)) await print(text);
    await warnOfParts(app, integration.id, partsOf(options));
  });
}

/** The parts beside the members that the output depends on. */
const partsOf = ({ affiliation, identity, githubTeam }: MembersOptions): PartName[] => [
  ...(affiliation === 'member' ? [] : (['outsideCollaborators'] as const)),
  ...(identity ? [] : (['identities'] as const)),
  ...(githubTeam === undefined ? [] : (['teams'] as const)),
];

const filterOf = ({ status, affiliation, role, ...more }: MembersOptions): MemberFilter => ({
  ...{ statuses: status, affiliation, role },
  twoFactor: more.twoFactor && TWO_FACTOR[more.twoFactor],
  identity: more.identity ? undefined : false,
});

/** @throws CommandError if the organization has no such team; PublicError `part_not_visible` */
async function peopleOf(
  app: INestApplicationContext,
  { id, organizationLogin }: GithubIntegration,
  slug: string,
): Promise<MemberFilter['githubTeams']> {
  await app.get(IntegrationParts).requireRead(id, 'teams');
  const { teams, tree } = await app.get(GithubTeams).of({ integrationId: id });
  const team = teams.find((one) => one.slug === slug.toLowerCase());
  if (!team)
    throw new CommandError(
      `'${organizationLogin}' has no GitHub team with the slug '${slug}'. \`rollcall teams ${organizationLogin}\` lists all.`,
    );
  return app.get(GithubTeamPlaces).filter(team, tree, false);
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
