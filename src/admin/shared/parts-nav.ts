import { Injectable } from '@nestjs/common';
import type { KnownPart } from '../../integrations/parts/integration-parts.js';
import { PART_LABELS, type PartName } from '../../integrations/parts/part.js';
import { CurrentSync } from '../../integrations/runs/current-sync.js';
import { MemberSyncRuns } from '../../integrations/runs/member-sync-runs.js';
import { GithubTeams } from '../../members/github-teams/github-teams.js';
import { OrganizationInvitations } from '../../members/invitations/organization-invitations.js';
import { MembersService } from '../../members/listing/members.service.js';
import { shared } from '../../platform/database/batched.js';

/** Below an organization, the pages that list who, or what, it has. */
const PAGES: Record<PartName, string> = {
  members: 'members',
  outsideCollaborators: 'collaborators',
  invitations: 'invitations',
  teams: 'github-teams',
  identities: 'members?identity=linked',
};

type Sizes = Record<Exclude<PartName, 'identities'>, number>;

/** The links between an organization's lists, each with its size. */
@Injectable()
export class PartsNav {
  private readonly others = shared(async ({ id }: { id: number }) => {
    const [{ pending, failed }, teams] = await Promise.all([
      this.invitations.counts(id),
      this.githubTeams.count(id),
    ]);
    return { invitations: pending + failed, teams };
  });

  constructor(
    private readonly current: CurrentSync,
    private readonly runs: MemberSyncRuns,
    private readonly members: MembersService,
    private readonly invitations: OrganizationInvitations,
    private readonly githubTeams: GithubTeams,
  ) {}

  /** @param here the part whose page it is */
  async of(id: number, known: KnownPart[] | Promise<KnownPart[]>, here?: PartName) {
    const [parts, shown] = await Promise.all([known, this.sizes(id)]);
    const sizes: Partial<Sizes> & { identities?: number } = shown;
    const links = parts.map(({ total, ...part }) => {
      const size = total === null ? null : (sizes[part.part] ?? total);
      return linkOf(id, { ...part, total: size }, here);
    });
    return { links, here: links.find(({ isHere }) => isHere) };
  }

  /** What is stored: beside whole syncs, also hints, undone runs and approvals change it. */
  private async sizes(id: number): Promise<Sizes> {
    const membersNow = async () =>
      this.current.counts(await this.runs.latest(id), () => this.members.counts(id));
    const [members, collaborators, others] = await Promise.all([
      membersNow(),
      this.members.collaboratorCounts({ integrationId: id }),
      this.others({ id }),
    ]);
    return { members: members.active, outsideCollaborators: collaborators.active, ...others };
  }
}

const linkOf = (id: number, known: KnownPart, here?: PartName) => ({
  label: PART_LABELS[known.part],
  href: `/integrations/github/${id}/${PAGES[known.part]}`,
  isHere: known.part === here,
  total: known.total,
  ...stateOf(known),
});

/** Where the size is not that of now, why. Before the first sync there is nothing to say. */
function stateOf({ state, needs, asOf, total }: KnownPart) {
  if (state === 'complete' || (state === 'incomplete' && !asOf)) return {};
  const word = total === null ? WORDS[state] : 'not up to date';
  return { word: state === 'incomplete' ? 'incomplete' : word, needs };
}

const WORDS = { incomplete: 'incomplete', not_visible: 'not visible', failed: 'not read' };
