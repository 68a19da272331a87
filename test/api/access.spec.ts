import { describe, expect, it } from 'vitest';
import { Member } from '../../src/members/member.entity.js';
import type { ProblemResponse } from '../../src/platform/web/problem.response.js';
import { type Api, connected } from './support/api.js';
import type { Operation } from './support/openapi-document.js';
import { finishedRun } from './support/runs.js';
import { sampleBody } from './support/samples.js';

/** A path with this id in the place of each parameter. */
const at = ({ path }: Operation, id: number | string): string => path.replace(/\{\w+\}/g, `${id}`);

/** Those that need a token: all but the health of the process. */
const guarded = ({ contract }: Api): Operation[] =>
  contract.operations.filter(({ security = [] }) => security.length > 0);

const PASSWORD = 'correct horse battery';

describe('every route of the API', () => {
  it('refuses a request without a token, or with a wrong one', async () => {
    const { api } = await connected();
    expect(guarded(api).length).toBeGreaterThanOrEqual(14);
    for (const operation of guarded(api))
      for (const authorization of [undefined, 'Bearer rc_wrong', 'rc_wrong', 'Bearer']) {
        const answer = await api.call<ProblemResponse>(operation.method, at(operation, 1), {
          token: null,
          headers: authorization === undefined ? {} : { authorization },
        });
        expect(answer).toMatchObject({ status: 401, body: { code: 'unauthorized', status: 401 } });
        expect(answer.headers.get('WWW-Authenticate')).toBe('Bearer');
        expect(answer.headers.get('Content-Type')).toMatch(/^application\/problem\+json/);
        expect(answer.body.remedy).toContain('Bearer');
      }
  });

  it('refuses a session', async () => {
    const { api, url } = await connected();
    const signedIn = await fetch(`${url}/sign-in`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ email: 'admin@localhost', password: PASSWORD }),
    });
    const cookie = signedIn.headers.getSetCookie().join('; ');
    expect((await fetch(`${url}/integrations`, { headers: { cookie } })).status).toBe(200);
    for (const operation of guarded(api)) {
      const answer = await api.call(operation.method, at(operation, 1), {
        token: null,
        headers: { cookie },
      });
      expect(answer.status).toBe(401);
    }
  });

  it('hides what belongs to another team', async () => {
    const { api, id, dataSource, organization } = await connected();
    organization.teams.create('Platform');
    const run = await finishedRun(api, id);
    const [member] = await dataSource.manager.find(Member);
    const ownIdIn = ({ path }: Operation) =>
      path.includes('{runId}') ? run.id : path.includes('/members/{id}') ? member?.id : id;
    const token = await api.tokenOf('others');
    const withId = api.contract.operations.filter(({ path }) => path.includes('{'));
    expect(withId.length).toBeGreaterThanOrEqual(12);
    for (const operation of withId) {
      const call = { token, body: sampleBody(api.contract.document, operation) };
      const theirs = await api.call(operation.method, at(operation, ownIdIn(operation) ?? 0), call);
      const nobodys = await api.call(operation.method, at(operation, 987_654), call);
      expect(theirs.status).toBe(404);
      expect(theirs.body).toEqual(nobodys.body);
    }
    expect((await api.get('/api/v1/integrations', { token })).body).toEqual({
      items: [],
      nextCursor: null,
    });
    expect((await api.get(`/api/v1/integrations/${id}`)).status).toBe(200);
    expect(await dataSource.manager.findOneBy(Member, { id: member?.id })).toEqual(member);
  });

  it('knows nothing whose id is none', async () => {
    const { api } = await connected();
    const withId = api.contract.operations.filter(({ path }) => path.includes('{'));
    for (const operation of withId)
      for (const id of ['abc', '0', '-1', '1.5', '1e3', '0x1', '01', '99999999999999999999'])
        expect({
          id,
          ...(await api.call(operation.method, at(operation, id), {
            body: sampleBody(api.contract.document, operation),
          })),
        }).toMatchObject({ id, status: 404, body: { status: 404, title: 'Not Found' } });
    expect((await api.get('/api/v1/integrations/1')).status).toBe(200);
  });

  it('that lists names the value of the query that is wrong', async () => {
    const { api, id, organization } = await connected();
    organization.teams.create('Platform');
    await finishedRun(api, id);
    const channel = { kind: 'slack', name: 'Operations', address: 'https://hooks.example.com/a' };
    await api.post('/api/v1/notification-channels', { ...channel, events: ['run.failed'] });
    const lists = api.contract.operations.filter(({ parameters }) =>
      parameters.some(({ name }) => name === 'cursor'),
    );
    expect(lists).toHaveLength(17);
    const wrong = {
      limit: ['limit=0', 'limit=101', 'limit=1.5', 'limit=ten', 'limit=', 'limit=1&limit=2'],
      cursor: ['cursor=abc', 'cursor=', 'cursor=W10', 'cursor=a&cursor=b'],
      colour: ['colour=red'],
    };
    for (const operation of lists)
      for (const [name, queries] of Object.entries(wrong))
        for (const query of queries) {
          const { body } = await api.get<ProblemResponse>(`${at(operation, id)}?${query}`);
          expect({ query, ...body }).toMatchObject({
            query,
            status: 422,
            detail: expect.stringContaining(name),
            code: expect.stringMatching(/^(validation_failed|cursor_invalid)$/),
          });
        }
  });
});
