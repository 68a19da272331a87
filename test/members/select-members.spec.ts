import fc from 'fast-check';
import type { EntityManager } from 'typeorm';
import { beforeAll, describe, expect, it } from 'vitest';
import type { MemberFilter, MemberSort } from '../../src/members/listing/member-query.js';
import { MembersService } from '../../src/members/listing/members.service.js';
import { countMembers } from '../../src/members/listing/select-members.js';
import { Member } from '../../src/members/member.entity.js';
import { found, inOrder } from '../../src/members/past/past-page.js';
import { ways } from '../support/service.js';
import { pagesOf, startDirectories, wanted } from './support/people.js';

describe.each(ways)('a page of the directory, $way', ({ dialect }) => {
  let integrationId: number;
  let members: MembersService;
  let manager: EntityManager;
  let everybody: Member[];

  beforeAll(async () => {
    const { service, integrationIds, end } = await startDirectories(dialect);
    [integrationId] = integrationIds;
    members = service.app.get(MembersService, { strict: false });
    manager = service.dataSource.manager;
    everybody = await manager.findBy(Member, { integrationId });
    return end;
  });

  const reference = ({ since, ...query }: MemberFilter & { sort: MemberSort }) =>
    inOrder(found(everybody, query), query.sort).filter(
      ({ leftAt, joinedAt }) => !since || (leftAt ?? joinedAt) >= since,
    );

  it('shows whom a look at everybody finds, in the same order, page after page and back', async () => {
    await fc.assert(
      fc.asyncProperty(wanted, fc.integer({ min: 1, max: 80 }), async (query, limit) => {
        const expected = reference(query).map(({ id }) => id);
        const pages = await pagesOf((place) =>
          members.page({ ...query, integrationId, limit, ...place }),
        );
        expect(pages).toEqual({ forth: expected, back: expected });
        const asked = { ...query, integrationId };
        expect(await members.matching(asked)).toBe(expected.length);
        const few = await countMembers(manager, asked, 3);
        expect(few > 3).toBe(expected.length > 3);
      }),
      { numRuns: 60 },
    );
  });

  it.each(['\0', 'a\0', '\0a'])('finds nobody with a NUL in the search', async (search) => {
    const query = { statuses: ['active' as const], search };
    expect(found(everybody, query)).toEqual([]);
    expect((await members.page({ ...query, integrationId, limit: 10 })).members).toEqual([]);
  });
});
