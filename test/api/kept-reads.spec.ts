import { expect, it } from 'vitest';
import { ways } from '../support/service.js';
import { type Api, connected } from './support/api.js';
import { finishedRun } from './support/runs.js';

/** With a team inside the organization, which has the first id after a run, a notification channel and a review. */
async function withTeam(way?: (typeof ways)[number]) {
  const stage = await connected(way);
  stage.organization.teams.create('Platform');
  await stage.api.post('/api/v1/notification-channels', {
    ...{ kind: 'slack', name: 'Operations', address: 'https://hooks.example.com/rollcall' },
    events: ['run.failed'],
  });
  await finishedRun(stage.api, stage.id);
  const review = { name: 'Q1', integrationIds: [stage.id], dueOn: '2100-03-31' };
  await stage.api.post('/api/v1/reviews', review);
  return stage;
}

/** Every address of the API that can be read. */
async function readable(api: Api, id: number): Promise<string[]> {
  const run = await finishedRun(api, id);
  const reads = api.contract.operations.filter(
    // Evidence is a file.
    ({ method, path }) =>
      method === 'GET' && path.startsWith('/api/') && !path.endsWith('/evidence'),
  );
  expect(reads).toHaveLength(25);
  return reads.map(({ path }) => path.replace('{id}', `${id}`).replace('{runId}', `${run.id}`));
}

it.each(ways)('what is read may be kept, and is asked for again, $way', async (way) => {
  const { api, id } = await withTeam(way);
  for (const path of await readable(api, id)) {
    const { headers } = await api.get(path);
    const etag = headers.get('ETag') ?? '';
    expect(etag).toMatch(/^W\/"[^"]+"$/);
    expect(headers.get('Cache-Control')).toBe('private, no-cache');
    expect(headers.get('Vary')).toContain('Authorization');
    for (const shown of [etag, etag.slice(2), `"other", ${etag}`, '*']) {
      const again = await api.get(path, { headers: { 'If-None-Match': shown } });
      expect({ shown, status: again.status, text: again.text }).toEqual({
        shown,
        status: 304,
        text: '',
      });
      for (const name of ['ETag', 'Cache-Control', 'Vary'])
        expect(again.headers.get(name)).toBe(headers.get(name));
    }
    expect((await api.get(path, { headers: { 'If-None-Match': '"other"' } })).status).toBe(200);
  }
});

it('a HEAD is a GET without its body', async () => {
  const { api, id } = await withTeam();
  for (const path of await readable(api, id)) {
    const whole = await api.get(path);
    const head = await api.call('HEAD', path);
    expect([head.status, head.text]).toEqual([200, '']);
    for (const name of ['ETag', 'Content-Type', 'Cache-Control', 'Vary'])
      expect(head.headers.get(name)).toBe(whole.headers.get(name));
    const etag = head.headers.get('ETag') ?? '';
    const again = await api.call('HEAD', path, { headers: { 'If-None-Match': etag } });
    expect(again.status).toBe(304);
    expect((await api.call('HEAD', path, { token: null })).status).toBe(401);
  }
});

it.each(ways)('an ETag changes with what it is of, $way', async (way) => {
  const { api, id, organization, world } = await connected(way);
  const [all, one] = ['/api/v1/integrations', `/api/v1/integrations/${id}`];
  const paths = [all, one, `${one}/members`, `${one}/member-syncs`];
  await finishedRun(api, id);
  const etags = async () =>
    Promise.all(paths.map(async (path) => (await api.get(path)).headers.get('ETag') ?? ''));
  const before = await etags();
  organization.join(world.addUser());
  await finishedRun(api, id);
  const after = await etags();
  for (const [i, path] of paths.entries()) {
    expect(after[i]).not.toBe(before[i]);
    const headers = { 'If-None-Match': before[i] ?? '' };
    expect((await api.get(path, { headers })).status).toBe(200);
  }
});

it('nothing is told by a 304 that would not be told without it', async () => {
  const { api, id } = await withTeam();
  const headers = { 'If-None-Match': '*' };
  for (const path of await readable(api, id)) {
    expect((await api.get(path, { headers, token: null })).status).toBe(401);
    // Each team has lists of its own.
    if (
      !/\/(integrations|notification-channels|users|audit|people-list\/matches|reviews)$/.test(path)
    )
      expect((await api.get(path, { headers, token: await api.tokenOf('others') })).status).toBe(
        404,
      );
  }
});

it('nothing else is kept: no change, no error, no file', async () => {
  const { api, id } = await connected();
  await finishedRun(api, id);
  const members = `/api/v1/integrations/${id}/members`;
  const answers = await Promise.all([
    api.post(`/api/v1/integrations/${id}/member-syncs`),
    api.patch('/api/v1/members/1', { disabled: true }),
    api.get('/api/v1/integrations/987654'),
    api.get(`${members}?limit=0`),
    api.get('/api/v1/nowhere'),
    api.get(members, { token: null }),
    api.get(members, { headers: { Accept: 'text/csv' } }),
    api.call('HEAD', members, { headers: { Accept: 'text/csv' } }),
  ]);
  for (const { headers } of answers) expect(headers.get('Cache-Control')).toBe('no-store');
  const [file] = answers.slice(-2);
  expect(file?.headers.has('ETag')).toBe(false);
  expect(file?.headers.get('Vary')).toContain('Accept');
});
