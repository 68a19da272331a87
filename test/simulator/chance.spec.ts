import { describe, expect, it } from 'vitest';
import { GRAPHQL, MEMBER_PAGES, moreIdsThan } from '../../src/simulator/faults.js';
import { misfits } from './support/official-graphql.js';
import { OWNER, Stage } from './support/stage.js';

const NODES = 'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on User { login } } }';
const ALWAYS = { times: Number.POSITIVE_INFINITY };
const MEMBERS = '/orgs/acme/members';

async function fate(faultSeed: number, chance = 0.3): Promise<string> {
  const stage = await Stage.set(0, { faultSeed });
  stage.simulator.faults.on(/user/, { ...ALWAYS, chance }).status(500);
  stage.simulator.faults.on(/user/, { ...ALWAYS, chance }).status(502);
  const statuses: number[] = [];
  for (let asked = 0; asked < 60; asked++) statuses.push((await stage.get('/user')).status);
  return statuses.join(' ');
}

describe('a fault by chance', () => {
  it('strikes the same requests for the same seed, and others for another', async () => {
    const first = await fate(1);
    expect(await fate(1)).toBe(first);
    expect(await fate(2)).not.toBe(first);
    for (const status of ['200', '500', '502']) expect(first).toContain(status);
  });

  it('strikes never, or always', async () => {
    expect(new Set((await fate(1, 0)).split(' '))).toEqual(new Set(['200']));
    expect(new Set((await fate(1, 1)).split(' '))).toEqual(new Set(['500']));
  });
});

describe('a fault that takes its time', () => {
  function hang({ simulator }: Stage): Promise<unknown> {
    const arrived = new Promise((resolve) => {
      simulator.faults.on(MEMBER_PAGES).before(resolve);
    });
    simulator.faults.on(MEMBER_PAGES).hang();
    return arrived;
  }

  it('answers never, until the client goes away', async () => {
    const stage = await Stage.set();
    const arrived = hang(stage);
    const { url, requests } = stage.simulator;
    const client = new AbortController();
    const asked = expect(fetch(url + MEMBERS, { signal: client.signal })).rejects.toThrow('abort');
    await arrived;
    client.abort();
    await asked;
    await expect.poll(() => requests.open).toBe(0);
    expect(requests.count(({ status }) => status === 0)).toBe(1);
  });

  it('answers never, until the simulator stops', async () => {
    const stage = await Stage.set();
    const arrived = hang(stage);
    const asked = expect(stage.get(MEMBERS)).rejects.toThrow();
    await arrived;
    stage.simulator.faults.clear();
    await asked;
  });

  it('sends the body in pieces, and all of it', async () => {
    const stage = await Stage.set(20);
    const whole = await stage.json(MEMBERS);
    stage.simulator.faults.on(MEMBER_PAGES).slowBody(200);
    const begun = performance.now();
    const response = await stage.get(MEMBERS);
    expect(await response.json()).toEqual(whole);
    expect(performance.now() - begun).toBeGreaterThanOrEqual(180);
  });
});

describe("GraphQL's own failures", () => {
  it('may be a partial answer', async () => {
    const stage = await Stage.set(3);
    const ids = stage.organization.members.map(({ nodeId }) => nodeId);
    const error = { type: 'SERVICE_UNAVAILABLE', path: ['nodes', 1] };
    stage.simulator.faults.on(GRAPHQL).graphqlError(error);
    const { data, errors } = await stage.graphql(NODES, { ids });
    const { nodes } = data as unknown as { nodes: ({ id: string } | null)[] };
    expect(nodes.map((node) => node?.id ?? null)).toEqual(ids.with(1, null as never));
    expect(errors).toMatchObject([error]);
    expect(misfits(data)).toEqual([]);
  });

  it.each([502, 504])('may depend on how much is asked for: %i', async (status) => {
    const stage = await Stage.set(60);
    stage.simulator.faults.on(moreIdsThan(50), ALWAYS).html(status);
    const ids = stage.organization.members.map(({ nodeId }) => nodeId);
    const ask = (some: string[]) =>
      stage.post(JSON.stringify({ query: NODES, variables: { ids: some } }));
    expect((await ask(ids)).status).toBe(status);
    expect((await ask(ids.slice(0, 50))).status).toBe(200);
  });
});

describe('repeated bad credentials', () => {
  const ask = async (stage: Stage, token: string | null) =>
    (await stage.get('/orgs/acme', token)).status;

  it('lock out the good ones for a while', async () => {
    const stage = await Stage.set(0, { lockout: true });
    for (let tried = 0; tried < 10; tried++) {
      expect(await ask(stage, OWNER)).toBe(200);
      expect(await ask(stage, 'wrong')).toBe(401);
    }
    const refused = await stage.get('/user');
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({
      message: 'Maximum number of login attempts exceeded. Please try again later.',
    });
    expect([await ask(stage, 'wrong'), await ask(stage, null)]).toEqual([403, 200]);
    stage.world.clock.advance(600_000);
    expect(await ask(stage, OWNER)).toBe(200);
  });

  it('are forgotten where they are rare', async () => {
    const stage = await Stage.set(0, { lockout: { attempts: 2, withinSeconds: 10 } });
    for (let tried = 0; tried < 4; tried++) {
      expect(await ask(stage, 'wrong')).toBe(401);
      stage.world.clock.advance(10_000);
    }
    expect(await ask(stage, OWNER)).toBe(200);
  });

  it('lock out nobody unless that is asked for', async () => {
    const stage = await Stage.set(0);
    for (let tried = 0; tried < 30; tried++) await ask(stage, 'wrong');
    expect(await ask(stage, OWNER)).toBe(200);
  });
});
