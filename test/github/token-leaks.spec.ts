import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { GithubClients } from '../../src/github/github-clients.js';
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

it.each([301, 302, 307, 308])('shows the token to no server that a %i leads to', async (status) => {
  const { simulator, service, integration, token } = await start(3);
  const other = await otherServer();
  const location = `${other.url}/orgs/acme/members`;
  simulator.faults.on(MEMBER_PAGES, ALWAYS).answer({ status, headers: { location } });
  await syncToEnd(service, integration.id);
  expect(other.requests.length).toBeGreaterThan(0);
  for (const headers of other.requests) {
    expect(headers.authorization).toBeUndefined();
    expect(JSON.stringify(headers)).not.toContain(token);
  }
});

it('asks no server that a list is said to continue on', async () => {
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
  await expect(client.lists.firstPage('acme', 'members')).rejects.toMatchObject({
    code: 'github_answer_invalid',
    message: expect.stringContaining('another host'),
  });
  expect(other.requests).toEqual([]);
});
