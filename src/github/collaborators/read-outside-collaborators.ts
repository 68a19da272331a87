import pMap from 'p-map';
import { inParts } from '../../platform/in-parts.js';
import type { GithubClient } from '../client/github-client.js';
import type { MemberListKind } from '../client/member-list-api.js';
import type { ListedMember } from '../errors/github-answers.js';
import { partFailure } from '../errors/part-failures.js';
import { describeMember, type GithubMember } from '../members/github-member.js';
import { ListSource } from '../members/list-source.js';
import type { ListOptions } from '../members/member-list-reader.js';
import { type PageRead, StableListReader } from '../members/stable-list-reader.js';
import type { PinnedOrganization } from '../organization.js';

/** GitHub's most node ids in one query. */
const PROFILES_AT_ONCE = 100;

export type CollaboratorOptions = Pick<
  ListOptions,
  'twoFactor' | 'email' | 'concurrency' | 'maxPeople'
>;

/** They have no role in the organization. */
export type OutsideCollaborator = GithubMember & { role: null };

/**
 * Everybody who is an outside collaborator, once the list is proven complete.
 * @throws GithubFailure; `missing_permission` if the credential may not read them, `listing_incomplete` if the list
 * cannot be proven complete
 */
export async function readOutsideCollaborators(
  client: GithubClient,
  organization: PinnedOrganization,
  options: CollaboratorOptions,
): Promise<OutsideCollaborator[]> {
  const reader = new CollaboratorReader(client, organization, options);
  return reader.read().catch((failure: unknown) => {
    throw partFailure(failure, 'outsideCollaborators');
  });
}

class CollaboratorReader {
  constructor(
    private readonly client: GithubClient,
    private readonly organization: PinnedOrganization,
    private readonly options: CollaboratorOptions,
  ) {}

  async read(): Promise<OutsideCollaborator[]> {
    const { email, twoFactor } = this.options;
    const people = await this.list('outsideCollaborators');
    const listed = [...people.values()];
    if (listed.length === 0) return [];
    const [profiles, withoutTwoFactor] = await Promise.all([
      this.profiles(listed.map(({ node_id }) => node_id)),
      twoFactor ? this.list('collaboratorsWithoutTwoFactor') : undefined,
    ]);
    const isToldByList = !this.client.isEnterpriseServer;
    return listed.map((one) => {
      const profile = profiles.get(one.node_id);
      const about = { listed: one, profile, isToldByList, email, withoutTwoFactor };
      return { ...describeMember({ ...about, role: null }), role: null };
    });
  }

  private async profiles(nodeIds: string[]): ReturnType<GithubClient['profiles']> {
    const { email, concurrency } = this.options;
    const parts = inParts(nodeIds, PROFILES_AT_ONCE);
    const all = await pMap(parts, (some) => this.client.profiles(some, { email }), { concurrency });
    return new Map(all.flatMap((some) => [...some]));
  }

  /** Everybody on the list, by GitHub's id, once it is proven. */
  private async list(kind: MemberListKind): Promise<Map<number, ListedMember>> {
    const found = new Map<number, ListedMember>();
    const { concurrency, maxPeople } = this.options;
    const reader = new StableListReader(new ListSource(this.client, this.organization, kind), {
      ...{ concurrency, maxPeople, known: [] },
      lookUp: async () => [],
      onPage: async ({ members = [] }: PageRead) => {
        for (const member of members) found.set(member.id, member);
      },
    });
    for await (const _ of reader.read());
    const present = reader.githubIds.flatMap((id) => found.get(id) ?? []);
    return new Map(present.map((one) => [one.id, one]));
  }
}
