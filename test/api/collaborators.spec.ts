import { expect, it } from 'vitest';
import type { MemberResponse } from '../../src/api/members/member.response.js';
import type { PartResponse } from '../../src/api/parts/part.response.js';
import type { Page } from '../../src/api/shared/page.js';
import type { ProblemResponse } from '../../src/platform/web/problem.response.js';
import { parseCsv } from '../support/csv.js';
import { ways } from '../support/service.js';
import { connected } from './support/api.js';
import { finishedRun } from './support/runs.js';

it.each(ways)('members over the API are filtered by affiliation, $way', async (way) => {
  const { api, id, organization, world } = await connected({ ...way, members: 3 });
  const people = ['one', 'two', 'three'].map((login) => world.addUser({ login }));
  for (const user of people) organization.collaborators.add(user);
  await finishedRun(api, id);
  const before = new Date().toISOString();
  const [one, two] = people as [never, never];
  organization.collaborators.remove(one);
  organization.join(two);
  await finishedRun(api, id);
  const path = `/api/v1/integrations/${id}/members`;
  const outside = `${path}?affiliation=outside_collaborator`;
  const shown = async (query: string) =>
    (await api.get<Page<MemberResponse>>(query)).body.items.map(
      ({ login, status, affiliation }) => `${login} ${status} ${affiliation}`,
    );
  expect(await shown(outside)).toEqual(['three active outside_collaborator']);
  expect(await shown(`${outside}&status=left`)).toEqual(['one left null']);
  expect(await shown(`${outside}&q=thr`)).toHaveLength(1);
  expect(await shown(`${outside}&asOf=${before}`)).toEqual(
    ['one', 'three', 'two'].map((login) => `${login} active outside_collaborator`),
  );
  expect(await shown(path)).toContain('two active member');
  expect(await shown(`${path}?status=left,disabled`)).toEqual([]);
  const csv = await api.get(outside, { headers: { Accept: 'text/csv' } });
  expect(parseCsv(csv.text).slice(1)).toEqual([
    expect.arrayContaining(['three', 'outside_collaborator']),
  ]);
  const wrong = await api.get<ProblemResponse>(`${path}?affiliation=invited`);
  expect(wrong).toMatchObject({ status: 422, body: { code: 'validation_failed' } });
  expect(wrong.text).toContain('must be member or outside_collaborator; GET /integrations/');
  const parts = await api.get<Page<PartResponse>>(`/api/v1/integrations/${id}/parts`);
  expect(parts.body.items).toContainEqual(
    expect.objectContaining({ part: 'outsideCollaborators', state: 'complete' }),
  );
});
