import { describe, expect, it, vi } from 'vitest';
import { ways } from '../support/service.js';
import { type LogLine, logLines } from './support/log-lines.js';
import { endOf, watched } from './support/watched.js';

// Processes start slowly on a busy machine.
vi.setConfig({ testTimeout: 180_000 });

const [, scaled] = ways;

const ofRun = (lines: LogLine[]) => lines.filter(({ runId }) => runId !== undefined);
const words = (lines: LogLine[]) => lines.map(({ msg }) => msg);

describe.each(ways)('the log of a server, $way', ({ dialect, bull }) => {
  const METRICS_TOKEN = 'metrics-token-of-the-test';

  it('has no secret at its most detailed level', async () => {
    const { env, start, token, signIn, click, synced, json } = await watched({
      ...{ dialect, bull },
      env: { LOG_LEVEL: 'trace', METRICS_TOKEN },
    });
    const api = (await json(['token', 'reader'])).token.value as string;
    const server = start(['serve']);
    const url = await server.ready;
    const client = await signIn(url);
    await client.post('/sign-in', { email: 'admin@localhost', password: 'a wrong passphrase' });
    await click(client, 'click');
    await synced(client);
    const bearer = (value: string) => ({ headers: { authorization: `Bearer ${value}` } });
    expect((await fetch(`${url}/api/v1/integrations`, bearer(api))).status).toBe(200);
    expect((await fetch(`${url}/metrics`, bearer(METRICS_TOKEN))).status).toBe(200);
    await client.post('/onboarding/token', { token: 'ghp_AnotherTokenThatIsTyped00', apiUrl: '' });
    await client.get('/invitations/code-of-an-invitation-1234?with=query-text');
    const stderr = await endOf(server);
    const secrets = {
      token,
      api,
      METRICS_TOKEN,
      typed: 'ghp_AnotherTokenThatIsTyped00',
      wrong: 'a wrong passphrase',
      code: 'code-of-an-invitation-1234',
      query: 'query-text',
      key: env.SECRET_KEY ?? '',
      password: env.ADMIN_PASSWORD ?? '',
      cookie: decodeURIComponent(client.cookies.at(-1)?.value ?? '-'),
    };
    expect(logLines(stderr).length).toBeGreaterThan(20);
    for (const [name, secret] of Object.entries(secrets))
      expect(stderr.includes(secret), `the log has ${name}`).toBe(false);
  });

  it('has one line for each request, with the id that its answer has', async () => {
    const { start, signIn } = await watched({ dialect, bull });
    const server = start(['serve']);
    const url = await server.ready;
    const client = await signIn(url);
    const given = await client.get('/integrations?q=1', { 'X-Request-Id': 'Root=1-67.a_b:c' });
    expect(given.headers.get('x-request-id')).toBe('Root=1-67.a_b:c');
    const refused = await client.get('/nowhere/at/all', { 'X-Request-Id': 'a b' });
    const made = refused.headers.get('x-request-id');
    expect(made).toMatch(/^[\da-f-]{36}$/);
    await client.get('/health/live');
    const lines = logLines(await endOf(server));
    // The suite itself reads the document of the API.
    const requests = lines.filter(
      ({ context, path }) => context === 'Http' && path !== '/docs/openapi.json',
    );
    expect(requests).toMatchObject([
      { method: 'POST', route: '/sign-in', status: 303 },
      {
        ...{ level: 'info', requestId: 'Root=1-67.a_b:c', userId: 1, teamId: 1 },
        ...{ method: 'GET', route: '/integrations', path: '/integrations', status: 200 },
        ms: expect.any(Number),
        msg: 'GET /integrations 200',
      },
      { requestId: made, route: 'none', path: '/nowhere/at/all', status: 404 },
    ]);
  });
});

it('tells a run from the click to its end by its ids, across three processes', async () => {
  const { env, start, simulator, integrationId, signIn, click, synced } = await watched({
    ...scaled,
    members: 250,
  });
  env.ROLE = 'web';
  const web = start(['serve']);
  env.ROLE = 'worker';
  const first = start(['serve']);
  await first.waitForLine(/worker is ready/);
  const client = await signIn(await web.ready);
  const held = simulator.faults.on(/members\?.*\bpage=2\b/).hold();
  expect((await click(client, 'click-1')).status).toBe(200);
  await held.arrived;
  const firstSaid = await endOf(first);
  held.release();
  const second = start(['serve']);
  const lines = { first: logLines(firstSaid), second: [] as LogLine[], web: [] as LogLine[] };
  await synced(client);
  lines.second = logLines(await endOf(second));
  lines.web = logLines(await endOf(web));
  const [queued] = lines.web.filter(({ msg }) => msg?.endsWith('is queued'));
  const runId = queued?.runId;
  expect(queued).toMatchObject({ requestId: 'click-1', integrationId, userId: 1 });
  const clicked = lines.web.find(
    ({ context, requestId }) => context === 'Http' && requestId === 'click-1',
  );
  expect(clicked).toMatchObject({ method: 'POST', runId, integrationId });
  const all = [...ofRun(lines.first), ...ofRun(lines.second)];
  expect(all.every((line) => line.runId === runId && line.integrationId === integrationId)).toBe(
    true,
  );
  expect(words(ofRun(lines.first))).toEqual([
    `Run ${runId} is claimed`,
    `Run ${runId} is handed back`,
  ]);
  expect(ofRun(lines.first)).toMatchObject([{ requestId: 'click-1' }, { requestId: 'click-1' }]);
  expect(words(ofRun(lines.second))).toEqual(
    expect.arrayContaining([`Run ${runId} is claimed`, `Run ${runId} ended: complete`]),
  );
});
