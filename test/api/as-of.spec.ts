import { describe, expect, it } from 'vitest';
import type { MemberResponse } from '../../src/api/members/member.response.js';
import type { Page } from '../../src/api/shared/page.js';
import { GithubIntegration } from '../../src/integrations/connections/github-integration.entity.js';
import { MemberChange } from '../../src/members/changes/member-change.entity.js';
import type { ProblemResponse } from '../../src/platform/web/problem.response.js';
import { parseCsv } from '../support/csv.js';
import { today, tomorrow } from '../support/dates.js';
import { type ServiceOptions, ways } from '../support/service.js';
import { connected } from './support/api.js';
import { everything } from './support/pages.js';
import { finishedRun } from './support/runs.js';

/** A directory whose first run was at noon of 28 February 2026, and a second one at midnight after 1 March. */
async function history(options: ServiceOptions = {}) {
  const stage = await connected({ ...options, members: 12 });
  const { api, id, organization, world, dataSource } = stage;
  const dated = (runId: number, madeAt: string) =>
    dataSource.manager.update(MemberChange, { runId }, { madeAt: new Date(madeAt) });
  await dated((await finishedRun(api, id)).id, '2026-02-28T12:00:00.000Z');
  const path = `/api/v1/integrations/${id}/members`;
  const before = await everything<MemberResponse>(api, path, 100);
  const [, leaver, renamed] = organization.members;
  if (!leaver || !renamed) throw new Error('The organization is too small.');
  organization.leave(leaver);
  world.renameUser(renamed, 'zz-renamed');
  organization.join(world.addUser({ login: 'newcomer' }));
  await dated((await finishedRun(api, id)).id, '2026-03-02T00:00:00.000Z');
  const now = await everything<MemberResponse>(api, path, 100);
  // When the status that they lost began is not known any more.
  const past = before.map((one) => (one.githubId === leaver.id ? { ...one, since: null } : one));
  return { ...stage, path, before: past, now, leaver };
}

describe.each(ways)('the roster as of a past moment over the API, $way', (way) => {
  it('is told for a time, and for the end of a day in UTC', async () => {
    const { api, path, before, now } = await history(way);
    const asOf = (moment: string) => everything(api, `${path}?asOf=${moment}`, 5);
    for (const moment of [
      '2026-02-28',
      '2026-03-01',
      '2026-02-28T12:00:00Z',
      '2026-03-01T23:59:59.999Z',
      '2026-03-02T00:59%2B01:01',
    ])
      expect({ moment, roster: await asOf(moment) }).toEqual({ moment, roster: before });
    for (const moment of ['2026-03-02', '2026-03-02T00:00Z', today()])
      expect({ moment, roster: await asOf(moment) }).toEqual({ moment, roster: now });
  });

  it('is searched, told by status and as CSV as the present one is', async () => {
    const { api, path, before, leaver } = await history(way);
    const logins = async (query: string) =>
      (await api.get<Page<MemberResponse>>(`${path}?${query}`)).body.items.map(
        ({ login }) => login,
      );
    expect(await logins('status=left')).toEqual([leaver.login]);
    expect(await logins('status=left&asOf=2026-03-01')).toEqual([]);
    expect(await logins(`q=${leaver.login.toUpperCase()}&asOf=2026-03-01`)).toContain(leaver.login);
    expect(await logins('q=newcomer&asOf=2026-03-01')).toEqual([]);
    expect(await logins('q=newcomer&asOf=2026-03-02')).toEqual(['newcomer']);
    const csv = await api.get(`${path}?asOf=2026-03-01`, { headers: { Accept: 'text/csv' } });
    const [header, ...rows] = parseCsv(csv.text);
    expect(header).toContain('login');
    expect(csv.headers.get('Content-Disposition')).toBe(
      'attachment; filename="acme-members-2026-03-01.csv"',
    );
    expect(rows.map(([, login]) => login)).toEqual(before.map(({ login }) => login));
  });

  it('is not told of before the oldest change that is kept', async () => {
    const { api, id, path, dataSource } = await history(way);
    const asOf = (moment: string) => api.get<ProblemResponse>(`${path}?asOf=${moment}`);
    const tooEarly = (oldest: string) => ({
      status: 422,
      body: { code: 'as_of_too_early', detail: expect.stringContaining(oldest) },
    });
    expect(await asOf('2026-02-27')).toMatchObject(tooEarly('28 Feb 2026, 12:00 UTC'));
    const changesPrunedUntil = new Date('2026-03-01T06:00:00.000Z');
    await dataSource.manager.update(GithubIntegration, { id }, { changesPrunedUntil });
    expect(await asOf('2026-02-28')).toMatchObject(tooEarly('1 Mar 2026, 06:00 UTC'));
    expect((await asOf('2026-03-01')).status).toBe(200);
  });
});

it('refuses the future, and takes today for now', async () => {
  const { api, id } = await connected();
  const path = `/api/v1/integrations/${id}/members`;
  const hour = new Date(Date.now() + 3_600_000).toISOString();
  for (const moment of ['2999-12-31', tomorrow(), hour])
    for (const Accept of ['application/json', 'text/csv']) {
      const headers = { Accept };
      const { body } = await api.get<ProblemResponse>(`${path}?asOf=${moment}`, { headers });
      expect({ moment, ...body }).toMatchObject({ moment, status: 422, code: 'as_of_in_future' });
      expect(body.remedy).toContain(today());
    }
  expect((await api.get(`${path}?asOf=${today()}`)).status).toBe(200);
});

it('says what is no date', async () => {
  const { api, id } = await connected();
  const path = `/api/v1/integrations/${id}/members`;
  for (const moment of [
    '',
    'yesterday',
    '2026',
    '2026-13-01',
    '2026-02-30',
    '2026-3-1',
    '20260301',
    '01.03.2026',
    '2026-03-01T12:00:00',
    '2026-03-01T25:00:00Z',
    '2026-02-30T12:00:00Z',
    '2026-03-01T12:00:00%2B99:00',
    '1772323200000',
    '9999-12-31T23:59:59-14:00',
    '0000-06-01',
  ]) {
    const { body } = await api.get<ProblemResponse>(`${path}?asOf=${moment}`);
    expect({ moment, ...body }).toMatchObject({ moment, status: 422, code: 'as_of_invalid' });
  }
  const twice = await api.get(`${path}?asOf=2026-03-01&asOf=2026-03-02`);
  expect(twice).toMatchObject({ status: 422, body: { code: 'validation_failed' } });
});
