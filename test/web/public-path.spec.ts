import { expect, it } from 'vitest';
import { ApiTokensService } from '../../src/accounts/api-tokens/api-tokens.service.js';
import { MEMBER_PAGES } from '../../src/simulator/faults.js';
import { afterLeaving } from '../pages/support/pages.js';
import { finished } from '../support/runs.js';
import { startReverseProxy } from '../support/servers/reverse-proxy.js';
import { somebody } from '../support/web.js';
import { Crawler } from './support/crawler.js';

const setups = [
  { title: 'without a path', path: '', strips: false },
  { title: 'under a path that the proxy forwards', path: '/rollcall', strips: false },
  { title: 'under a path that the proxy takes off', path: '/rollcall', strips: true },
];

/** Rollcall behind a proxy, with an organization that has runs, members who left and held removals. */
async function start({ path, strips }: (typeof setups)[number]) {
  const proxy = await startReverseProxy({ path, strips });
  const started = await afterLeaving(8, { env: { PUBLIC_URL: `${proxy.origin}${path}/` } });
  proxy.target = started.service.url;
  const { email, password } = await somebody(started.service);
  const visitor = new Crawler(proxy.origin, path);
  return { ...started, proxy, path, visitor, signIn: { email, password } };
}

type Started = Awaited<ReturnType<typeof start>>;

const locationOf = ({ headers }: Response) => headers.get('location');

async function enter({ visitor, path, signIn }: Started) {
  const wanted = `${path}/integrations?from=a+link`;
  const toSignIn = `${path}/sign-in?next=${encodeURIComponent(wanted)}`;
  expect(locationOf(await visitor.send(wanted))).toBe(toSignIn);
  const poll = await visitor.send(wanted, { headers: { 'HX-Request': 'true' } });
  expect([poll.status, poll.headers.get('hx-redirect')]).toEqual([401, `${path}/sign-in`]);
  await visitor.send(toSignIn);
  const signedIn = await visitor.post(`${path}/sign-in`, { ...signIn, next: wanted });
  expect(locationOf(signedIn)).toBe(wanted);
  expect([...visitor.cookies.values()]).toMatchObject([{ path: path || '/' }]);
}

async function seeStates({ visitor, path, page, simulator, token }: Started) {
  expect((await visitor.send(`${path}/nowhere`)).status).toBe(404);
  const fragment = { headers: { 'HX-Request': 'true' } };
  expect((await visitor.send(`${path}/nowhere`, fragment)).status).toBe(404);
  const held = simulator.faults.on(MEMBER_PAGES).hold();
  const syncing = await visitor.post(`${path}${page}/sync`);
  expect(await syncing.text()).toContain(`hx-get="${path}${page}/sync/progress"`);
  await held.arrived;
  await visitor.send(`${path}${page}`);
  held.release();
  await visitor.post(`${path}/onboarding/token`, { token });
  await visitor.send(`${path}/onboarding/organizations`);
}

async function sendForms({ visitor, path, page, of, others }: Started) {
  const redirects = {
    [`${page}/${others.length}/disable`]: page,
    [`${page}/${others.length}/enable`]: page,
    '/onboarding/organizations': page,
    [`${of}/settings`]: `${of}/settings`,
    '/team': '/',
  };
  const form = { organization: 'acme', team: 'default' };
  for (const [to, location] of Object.entries(redirects))
    expect(locationOf(await visitor.post(path + to, form)), to).toBe(path + location);
  const back = `${path}${page}?status=left`;
  const disabled = await visitor.post(`${path}${page}/1/disable`, { back });
  expect(locationOf(disabled)).toBe(back);
}

async function useApi({ service, visitor, path, integration }: Started) {
  const tokens = service.app.get(ApiTokensService, { strict: false });
  const headers = { Authorization: `Bearer ${(await tokens.create(1, 'report')).value}` };
  const syncs = `${path}/api/v1/integrations/${integration.id}/member-syncs`;
  const asked = await visitor.send(syncs, { method: 'POST', headers });
  const { id } = (await asked.json()) as { id: number };
  expect(locationOf(asked)).toBe(`${path}/api/v1/member-syncs/${id}`);
  await finished(service, id);
  expect((await visitor.send(`${path}/api/v1/member-syncs/${id}`, { headers })).status).toBe(200);
  const document = await (await visitor.send(`${path}/docs/openapi.json`)).json();
  expect(document).toMatchObject({ servers: [{ url: path || '/' }] });
  await visitor.send(`${path}/docs`);
  await visitor.send(`${path}/docs/`);
}

async function leave({ visitor, path, page }: Started) {
  const left = await visitor.post(`${path}/sign-out`);
  expect(locationOf(left)).toBe(`${path}/sign-in`);
  expect([...visitor.cookies]).toEqual([]);
  expect(locationOf(await visitor.send(`${path}${page}`))).toContain('/sign-in?next=');
}

it.each(setups)(
  'every address is right $title',
  async (setup) => {
    const started = await start(setup);
    const { visitor, path, service, proxy } = started;
    await enter(started);
    await seeStates(started);
    await sendForms(started);
    await useApi(started);
    for (const start of [path || '/', `${path}/`, `${path}/sign-in`]) await visitor.send(start);
    await visitor.crawl();
    await leave(started);
    expect(visitor.faults).toEqual([]);
    expect(proxy.strays).toEqual([]);
    expect(visitor.addresses.length).toBeGreaterThan(60);
    for (const url of [`${proxy.origin}${path}`, service.url])
      expect((await fetch(`${url}/health/live`)).status).toBe(200);
  },
  60_000,
);
