import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { Member } from '../../src/members/member.entity.js';
import type { MemberFilter, MemberSort } from '../../src/members/member-query.js';
import { MembersService } from '../../src/members/members.service.js';
import { found, inOrder } from '../../src/members/roster.js';
import { makeRun } from '../support/make-run.js';
import { type Service, startService, ways } from '../support/service.js';
import { pagesOf, people, wanted } from './support/people.js';

describe.each(ways)('a page of the directory, $way', ({ dialect }) => {
  let service: Service;
  let integrationId: number;
  let members: MembersService;
  let everybody: Member[];

  beforeAll(async () => {
    const ends: (() => Promise<void>)[] = [];
    service = await startService({ dialect, consumes: false, atEnd: (end) => ends.push(end) });
    const { manager } = service.dataSource;
    integrationId = (await makeRun(service, 'complete')).integrationId;
    const other = (await makeRun(service, 'complete')).integrationId;
    for (const id of [integrationId, other])
      await manager.insert(
        Member,
        people.map((person) => ({ ...person, integrationId: id })),
      );
    members = service.app.get(MembersService, { strict: false });
    everybody = await manager.findBy(Member, { integrationId });
    return async () => {
      for (const end of ends.reverse()) await end();
    };
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
      }),
      { numRuns: 60 },
    );
  });
});
