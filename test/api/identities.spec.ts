import { expect, it } from 'vitest';
import type { MemberResponse } from '../../src/api/members/member.response.js';
import type { Page } from '../../src/api/shared/page.js';
import { parseCsv } from '../support/csv.js';
import { connected } from './support/api.js';
import { finishedRun } from './support/runs.js';

it('filters members by identity and two-factor state, and says where neither is visible', async () => {
  const { api, id, world, organization, owner, token } = await connected({ members: 4 });
  const path = `/api/v1/integrations/${id}/members`;
  const found = async (query: string) =>
    (await api.get<Page<MemberResponse>>(path + query)).body.items.map(({ githubId }) => githubId);
  const [one, two, three] = organization.members.filter(({ id }) => id !== owner.id);
  if (!one || !two || !three) throw new Error('The organization is too small.');
  const { identities } = organization;
  identities.link(one, { nameId: '=one', scimUserName: 'one@corp.example' });
  identities.verifyEmails(one, ['b@corp.example', 'a@corp.example', 'c_c@corp.example']);
  const refused = async (query: string, code: string) =>
    expect(await api.get(path + query)).toMatchObject({ status: 422, body: { code } });
  for (const part of ['identity=none', 'affiliation=outside_collaborator'])
    await refused(`?${part}`, 'part_not_visible');
  const never = new Date().toISOString();
  const lists = async (code: string) => {
    for (const list of ['github-teams', 'invitations'])
      expect(await api.get(`/api/v1/integrations/${id}/${list}?asOf=${never}`)).toMatchObject({
        ...{ status: 422, body: { code } },
      });
  };
  await lists('part_not_visible');
  world.addToken({ token, user: owner, scopes: ['read:org'] });
  await finishedRun(api, id);
  await lists('as_of_too_early');
  const unread = new Date().toISOString();
  await refused('?identity=none', 'part_not_visible');
  await refused(`?identity=linked&asOf=${unread}`, 'part_not_visible');
  world.addToken({ token, user: owner, scopes: ['admin:org', 'read:user'] });
  await finishedRun(api, id);
  for (const identity of ['none', 'linked'])
    await refused(`?identity=${identity}&asOf=${unread}`, 'as_of_too_early');
  await finishedRun(api, id);
  expect(await found(`?identity=linked&asOf=${new Date().toISOString()}`)).toEqual([one.id]);
  expect(await found('?identity=linked')).toEqual([one.id]);
  expect((await found('?identity=none')).toSorted()).toEqual(
    [owner.id, two.id, three.id].toSorted(),
  );
  expect(await found('?identity=none&role=admin')).toEqual([owner.id]);
  const [shown] = (await api.get<Page<MemberResponse>>(`${path}?identity=linked`)).body.items;
  expect(shown).toMatchObject({
    ...{ samlNameId: '=one', scimUserName: 'one@corp.example' },
    verifiedEmails: ['a@corp.example', 'b@corp.example', 'c_c@corp.example'],
  });
  const csv = await api.get(`${path}?identity=linked`, { headers: { Accept: 'text/csv' } });
  expect(parseCsv(csv.text)[1]?.slice(-3)).toEqual([
    ...["'=one", 'one@corp.example', 'a@corp.example b@corp.example c_c@corp.example'],
  ]);
  for (const q of ['%3DONE', 'one@corp', 'A@corp.example', 'b@corp', 'C_c@', 'a@CORP%20b@corp'])
    expect(await found(`?q=${q}`), q).toEqual([one.id]);
  for (const q of ['orp.example', '@corp.example', 'c%25c@', 'c@corp', 'a%25'])
    expect(await found(`?q=${q}`), q).toEqual([]);
  expect(await found('?twoFactor=unknown')).toEqual([]);
  const then = new Date().toISOString();
  identities.verifyEmails(one, ['new@corp.example']);
  await finishedRun(api, id);
  for (const [q, now, before] of [
    ['b@corp', [], [one.id]],
    ['new@corp', [one.id], []],
  ] as const) {
    expect(await found(`?q=${q}`)).toEqual(now);
    expect(await found(`?q=${q}&asOf=${then}`)).toEqual(before);
  }
  // Only owners see it.
  world.addToken({ token, user: two, scopes: ['read:org'] });
  await finishedRun(api, id);
  expect(await found('?twoFactor=unknown')).toHaveLength(4);
  for (const twoFactor of ['on', 'off'])
    await refused(`?twoFactor=${twoFactor}`, 'part_not_visible');
  expect(await found('?identity=linked')).toEqual([one.id]);
  expect(await api.get(`${path}?identity=maybe`)).toMatchObject({ status: 422 });
});
