import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { GithubClients } from '../../src/github/client/github-clients.js';
import { MEMBER_PAGES } from '../../src/simulator/faults.js';
import { connect, syncToEnd } from '../support/runs.js';
import { startGithub, startService } from '../support/service.js';

const ALWAYS = { times: Number.POSITIVE_INFINITY };

/** Another server, which a compromised or misconfigured GitHub points to. */
async function otherServer() {
  const requests: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    requests.push(request.headers);
    response.writeHead(200, { 'content-type': 'application/json' }).end('[]');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

async function start(members: number) {
  const github = await startGithub({ members });
  const service = await startService({ env: { GITHUB_API_URL: github.simulator.url } });
  return { ...github, service, integration: await connect(service, github.token) };
}

it.each([301, 302, 307, 308])('asks no other server that a %i leads to', async (status) => {
  const { simulator, service, integration } = await start(3);
  const other = await otherServer();
  const location = `${other.url}/orgs/acme/members`;
  simulator.faults.on(MEMBER_PAGES, ALWAYS).answer({ status, headers: { location } });
  expect(await syncToEnd(service, integration.id)).toMatchObject({
    state: 'error',
    errorCode: 'github_answer_invalid',
  });
  expect(other.requests).toEqual([]);
});

it('asks its own server for a page that a link names elsewhere', async () => {
  const { simulator, service, token } = await start(250);
  const other = await otherServer();
  simulator.faults.on(MEMBER_PAGES, ALWAYS).change((answer) => ({
    ...answer,
    headers: {
      ...answer.headers,
      link: answer.headers?.link?.replaceAll(simulator.url, other.url) ?? '',
    },
  }));
  const clients = service.app.get(GithubClients, { strict: false });
  const credential = { kind: 'token', token } as const;
  const client = clients.for({ apiUrl: simulator.url, credential, isUrgent: true });
  const first = await client.lists.firstPage('acme', 'members');
  expect(first.siblings).toMatchObject({ count: 3 });
  const last = await client.lists.siblingPage(
    { list: 'members', template: first.siblings?.template ?? '' },
    3,
  );
  expect(last.members).toHaveLength(50);
  expect(other.requests).toEqual([]);
});
