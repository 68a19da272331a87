import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  byPerson,
  countIdentities,
  type IdentifiedMember,
  identityDifferences,
  recordedFields,
} from '../../src/members/identities/identity-difference.js';

const name = fc.constantFrom(null, 'ada', 'Ada ', 'ada@corp.example');
const emails = fc.option(fc.uniqueArray(fc.constantFrom('a@x', 'b@x', 'c@x')), { nil: null });
const person = fc.integer({ min: 1, max: 12 });

const members = fc.uniqueArray(
  fc.record({ githubId: person, linked: fc.constantFrom(true, false, null), name, emails }).map(
    ({ githubId, linked, name, emails }): IdentifiedMember => ({
      ...{ id: githubId, githubId, nodeId: `U_${githubId}`, login: `m-${githubId}` },
      ...{ identityLinked: linked, samlNameId: linked ? name : null, scimUserName: null },
      verifiedEmails: emails?.toSorted() ?? null,
    }),
  ),
  { selector: ({ githubId }) => githubId },
);

const identities = fc
  .array(fc.record({ githubId: person, samlNameId: name, scimUserName: name }))
  .map((all) =>
    all.map((one, i) => ({
      ...one,
      ...{ guid: `g-${i}`, nodeId: `U_${one.githubId}`, login: `m-${one.githubId}` },
    })),
  );
const verified = fc.option(
  fc
    .array(fc.tuple(person, emails))
    .map((all) => new Map(all.map(([id, some]) => [`U_${id}`, some ?? []]))),
  { nil: undefined },
);

it('brings everybody in step at once, whatever order GitHub has, and leaves what is not visible', () => {
  fc.assert(
    fc.property(
      members,
      fc.option(identities, { nil: undefined }),
      verified,
      (known, seen, addresses) => {
        const found = identityDifferences(known, seen && byPerson(seen), addresses);
        const after = new Map(found.map((one) => [one.member.githubId, one.after]));
        const now = known.map((one) => ({ ...one, ...after.get(one.githubId) }));
        const reversed = seen && byPerson(seen.toReversed());
        expect(identityDifferences(now, reversed, addresses)).toEqual([]);
        for (const [i, one] of now.entries()) {
          const theirs = seen?.filter(({ githubId }) => githubId === one.githubId);
          if (theirs) expect(one.identityLinked).toBe(theirs.length > 0);
          else expect(one.identityLinked).toBe(known[i]?.identityLinked);
          if (!addresses?.has(one.nodeId))
            expect(one.verifiedEmails).toEqual(known[i]?.verifiedEmails);
        }
        const { added, changed, removed } = countIdentities(found);
        expect(added + changed + removed).toBeLessThanOrEqual(found.length);
      },
    ),
  );
});

it('shows of several identities the one with most names, and of equal ones always the same', () => {
  const of = (guid: string, samlNameId: string | null, scimUserName: string | null) => ({
    ...{ guid, githubId: 1, nodeId: 'U_1', login: 'ada', samlNameId, scimUserName },
  });
  const member: IdentifiedMember = {
    ...{ id: 1, githubId: 1, nodeId: 'U_1', login: 'ada', identityLinked: null },
    ...{ samlNameId: null, scimUserName: null, verifiedEmails: null },
  };
  const shown = (...all: ReturnType<typeof of>[]) =>
    identityDifferences([member], byPerson(all), undefined)[0]?.after;
  const both = of('c', 'both', 'both');
  expect(shown(of('a', 'only', null), both)).toMatchObject({ samlNameId: 'both' });
  expect(shown(of('b', null, 'scim'), of('a', 'saml', null))).toMatchObject({
    ...{ samlNameId: 'saml', scimUserName: 'scim', identityLinked: true },
  });
  expect(shown(of('b', 'b', null), of('a', 'a', null))).toMatchObject({ samlNameId: 'a' });
  // Without any name it is linked all the same.
  expect(shown(of('a', null, null))).toMatchObject({ identityLinked: true, samlNameId: null });
  const none = { ...member, identityLinked: false, verifiedEmails: [] };
  expect(recordedFields(member, none)).toEqual(['identityLinked']);
});
