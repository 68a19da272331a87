import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { GRAPHQL, graphqlField, MEMBER_PAGES } from '../../src/simulator/faults.js';
import { Simulator } from '../../src/simulator/simulator.js';
import { OWNER, Stage } from './support/stage.js';

const MEMBERS = '/orgs/acme/members';

async function outcome(answer: Promise<Response>): Promise<number | 'cut'> {
  try {
    const response = await answer;
    await response.text();
    return response.status;
  } catch {
    return 'cut';
  }
}

describe('a fault', () => {
  it('strikes as often as it was told, after as many as were to pass', async () => {
    const stage = await Stage.set();
    const fault = stage.simulator.faults.on(MEMBER_PAGES, { after: 1, times: 2 }).status(502);
    const statuses: unknown[] = [];
    for (let count = 0; count < 4; count++) statuses.push(await outcome(stage.get(MEMBERS)));
    expect(statuses).toEqual([200, 502, 502, 200]);
    expect(fault.happened).toBe(2);
    expect(stage.simulator.requests.charged).toBe(2);
  });

  it('leaves other requests alone', async () => {
    const stage = await Stage.set();
    const fault = stage.simulator.faults
      .on(MEMBER_PAGES, { times: Number.POSITIVE_INFINITY })
      .status(500);
    expect(await outcome(stage.get('/user'))).toBe(200);
    expect(await outcome(stage.get(`${MEMBERS}/owner`))).toBe(204);
    expect(await outcome(stage.get('/api/v3/organizations/9001/members?page=2'))).toBe(500);
    fault.remove();
    expect(await outcome(stage.get(MEMBERS))).toBe(200);
  });

  it('follows the one laid out before it', async () => {
    const stage = await Stage.set();
    stage.simulator.faults.on(MEMBER_PAGES).status(500);
    stage.simulator.faults
      .on(MEMBER_PAGES)
      .status(503, { message: 'Later' }, { 'retry-after': '7' });
    expect(await outcome(stage.get(MEMBERS))).toBe(500);
    const second = await stage.get(MEMBERS);
    expect([second.status, second.headers.get('retry-after')]).toEqual([503, '7']);
    expect(await second.json()).toEqual({ message: 'Later' });
  });

  it('holds a request until it is released, and no other', async () => {
    const stage = await Stage.set();
    const held = stage.simulator.faults.on(MEMBER_PAGES).hold();
    stage.simulator.faults.on(MEMBER_PAGES).status(500);
    let settled = false;
    const waiting = outcome(stage.get(MEMBERS)).finally(() => {
      settled = true;
    });
    await held.arrived;
    expect(await outcome(stage.get(MEMBERS))).toBe(200);
    expect([settled, stage.simulator.requests.open]).toEqual([false, 1]);
    held.release();
    expect(await waiting).toBe(500);
  });

  it('cuts the connection, before or within the answer', async () => {
    const stage = await Stage.set();
    stage.simulator.faults.on(MEMBER_PAGES).drop();
    expect(await outcome(stage.get(MEMBERS))).toBe('cut');
    stage.simulator.faults.on(MEMBER_PAGES).drop('midway');
    const begun = await stage.get(MEMBERS);
    expect(begun.status).toBe(200);
    await expect(begun.text()).rejects.toThrow();
    expect(await outcome(stage.get(MEMBERS))).toBe(200);
    expect(stage.simulator.requests.entries.map(({ status }) => status)).toEqual([0, 0, 200]);
  });

  it('cuts the JSON, with a length that fits', async () => {
    const stage = await Stage.set();
    const whole = await (await stage.get(MEMBERS)).text();
    stage.simulator.faults.on(MEMBER_PAGES).cutJson();
    const response = await stage.get(MEMBERS);
    const text = await response.text();
    expect([response.status, text.length > 0, whole.startsWith(text)]).toEqual([200, true, true]);
    expect(() => JSON.parse(text)).toThrow(SyntaxError);
  });

  it('answers with the page of a proxy', async () => {
    const stage = await Stage.set();
    stage.simulator.faults.on(MEMBER_PAGES).html(200);
    const response = await stage.get(MEMBERS);
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(await response.text()).toContain('<html>');
  });

  it('changes the world between two pages', async () => {
    const stage = await Stage.set(0);
    const pageTwo = /^GET .*[?&]page=2\b/;
    stage.simulator.faults.on(pageTwo).before(() => stage.organization.leave(stage.owner));
    expect(await stage.logins(`${MEMBERS}?per_page=1&page=1`)).toEqual(['Owner']);
    const response = await stage.get(`${MEMBERS}?per_page=1&page=2`, 'member-token');
    expect(await response.json()).toEqual([]);
  });

  it('rewrites an answer', async () => {
    const stage = await Stage.set(0);
    stage.simulator.faults
      .on(MEMBER_PAGES)
      .rewrite<unknown[]>((members) => [null, ...members.slice(1)]);
    expect(await stage.json(MEMBERS)).toEqual([
      null,
      expect.objectContaining({ login: 'a-member' }),
    ]);
  });

  it('tells a GraphQL field from another', async () => {
    const stage = await Stage.set();
    const always = { times: Number.POSITIVE_INFINITY };
    stage.simulator.faults.on(graphqlField('nodes'), always).status(502);
    expect(await stage.graphql('{ viewer { login } }')).toHaveProperty('data');
    const nodes = {
      query: 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
      variables: { ids: [] },
    };
    expect(await outcome(stage.post(JSON.stringify(nodes)))).toBe(502);
    expect(await outcome(stage.get(MEMBERS))).toBe(200);
  });

  it('is a limit, told as REST and as GraphQL tell it', async () => {
    const stage = await Stage.set();
    stage.simulator.faults.on(/^GET \/user$/).rateLimited(30);
    const rest = await stage.get('/user');
    expect([rest.status, rest.headers.get('x-ratelimit-remaining')]).toEqual([403, '0']);
    stage.simulator.faults.on(GRAPHQL).rateLimited(30, 'RATE_LIMIT');
    const graphql = await stage.graphql('{ viewer { login } }');
    expect(graphql).toEqual({ errors: [expect.objectContaining({ type: 'RATE_LIMIT' })] });
  });

  it('is a secondary limit, with and without the time to wait', async () => {
    const stage = await Stage.set();
    stage.simulator.faults.on(MEMBER_PAGES).secondaryLimit(11, 429);
    const first = await stage.get(MEMBERS);
    expect([first.status, first.headers.get('retry-after')]).toEqual([429, '11']);
    stage.simulator.faults.on(MEMBER_PAGES).secondaryLimit();
    const second = await stage.get(MEMBERS);
    expect([second.status, second.headers.get('retry-after')]).toEqual([403, null]);
    expect(Number(second.headers.get('x-ratelimit-remaining'))).toBeGreaterThan(0);
    expect(await second.json()).toMatchObject({ message: expect.stringContaining('secondary') });
  });

  it('asks for single sign-on', async () => {
    const stage = await Stage.set();
    stage.simulator.faults.on(MEMBER_PAGES).ssoRequired('https://github.com/orgs/acme/sso?x=1');
    const response = await stage.get(MEMBERS);
    expect(response.status).toBe(403);
    expect(response.headers.get('x-github-sso')).toBe(
      'required; url=https://github.com/orgs/acme/sso?x=1',
    );
  });
});

describe('the simulator', () => {
  it('lets go what is held when it stops', async () => {
    const simulator = await Simulator.start();
    const held = simulator.faults.on(/./).hold();
    const waiting = outcome(fetch(simulator.url));
    await held.arrived;
    await simulator.stop();
    expect(await waiting).toBe('cut');
    expect(simulator.requests.open).toBe(0);
    expect(await outcome(fetch(simulator.url))).toBe('cut');
  });

  it('does not hide that a callback of a test threw', async () => {
    const simulator = await Simulator.start();
    simulator.faults.on(/./).before(() => {
      throw new Error('The test is wrong');
    });
    expect(await outcome(fetch(simulator.url))).toBe('cut');
    await expect(simulator.stop()).rejects.toThrow('The simulator failed to answer');
  });

  it('refuses a port that is taken', async () => {
    const stage = await Stage.set();
    const port = Number(new URL(stage.simulator.url).port);
    await expect(Simulator.start({ port })).rejects.toThrow('EADDRINUSE');
  });

  it('refuses who does not say what they are', async () => {
    const stage = await Stage.set();
    const status = await new Promise((resolve, reject) => {
      const headers = { authorization: `token ${OWNER}` };
      request(`${stage.simulator.url}/user`, { headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect(status).toBe(403);
  });

  it('knows no other route, and no other method', async () => {
    const stage = await Stage.set();
    expect(await outcome(stage.get('/repos/acme/thing'))).toBe(404);
    expect(await outcome(stage.get('/graphql'))).toBe(404);
    expect(await outcome(stage.post('{}', OWNER, '/user'))).toBe(404);
  });

  it('counts what was asked, until told to begin again', async () => {
    const stage = await Stage.set();
    await Promise.all([
      stage.get('/api/v3/user?x=1'),
      stage.get('/user'),
      stage.get('/nowhere', null),
    ]);
    const { requests } = stage.simulator;
    expect(requests.count(/^GET \/user\b/)).toBe(2);
    expect(requests.count(({ status }) => status === 404)).toBe(1);
    expect(requests.entries).toContainEqual({
      method: 'GET',
      path: '/user?x=1',
      status: 200,
      login: 'Owner',
      charged: true,
    });
    requests.reset();
    expect([requests.total, requests.charged, requests.entries.length, requests.open]).toEqual([
      0, 0, 0, 0,
    ]);
  });

  it('tells how many were open at once', async () => {
    const stage = await Stage.set();
    const paths = ['/first', '/second', '/third'];
    const holds = paths.map((path) => stage.simulator.faults.on(new RegExp(path)).hold());
    const all = paths.map((path) => stage.get(path));
    await Promise.all(holds.map(({ arrived }) => arrived));
    for (const held of holds) held.release();
    await Promise.all(all);
    await stage.get('/fourth');
    expect([stage.simulator.requests.peak, stage.simulator.requests.open]).toEqual([3, 0]);
  });
});
