import { expect, it } from 'vitest';
import type { RunResponse } from '../../src/api/member-syncs/run.response.js';
import { until } from '../support/until.js';
import { connected } from './support/api.js';

async function start() {
  const { api, id, ...github } = await connected();
  const path = `/api/v1/integrations/${id}/member-syncs`;
  const ended = (run: RunResponse) =>
    until(async () => {
      const { body } = await api.get<RunResponse>(`/api/v1/member-syncs/${run.id}`);
      return body.finishedAt ? body : undefined;
    });
  const ask = async (body?: object) => (await api.post<RunResponse>(path, body)).body;
  await ended(await ask());
  return { ...github, api, path, ask, ended };
}

it('syncs the people whom a client names, also somebody who is not in the directory', async () => {
  const { world, organization, ask, ended } = await start();
  const [one, other] = [world.addUser({ login: 'Nora-New' }), world.addUser()];
  organization.join(one);
  organization.join(other);
  const named = await ask({ logins: ['nora-new'] });
  expect(named).toMatchObject({ scope: 'people', trigger: 'api' });
  expect(await ended(named)).toMatchObject({
    state: 'complete',
    people: 1,
    result: { created: 1, total: 1 },
  });
  const byId = await ended(await ask({ githubIds: [other.id, one.id] }));
  expect(byId).toMatchObject({ people: 2, result: { created: 1, unchanged: 1, total: 2 } });
  expect(await ended(await ask({}))).toMatchObject({ scope: 'everybody', result: { created: 0 } });
});

it('says that nobody has a login', async () => {
  const { ask, ended } = await start();
  expect(await ended(await ask({ logins: ['nobody-has-this'] }))).toMatchObject({
    state: 'error',
    error: { code: 'person_not_found', message: expect.stringContaining('nobody-has-this') },
  });
});

it('refuses other lists of people', async () => {
  const { api, path } = await start();
  for (const [body, field] of [
    [{ logins: [] }, 'logins'],
    [{ githubIds: Array.from({ length: 101 }, (_, i) => i + 1) }, 'githubIds'],
    [{ githubIds: [0] }, 'githubIds'],
    [{ githubIds: ['7'] }, 'githubIds'],
    [{ logins: ['no login'] }, 'logins'],
    [{ logins: ['ada'], githubIds: [1] }, 'logins'],
    [{ people: ['ada'] }, 'people'],
  ] as const) {
    const answer = await api.post<{ code: string; remedy: string }>(path, body);
    expect(answer).toMatchObject({ status: 422, body: { code: 'validation_failed' } });
    expect(answer.body.remedy).toContain(field);
  }
});
