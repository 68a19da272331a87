import { expect, it } from 'vitest';
import { runCommand } from '../support/process.js';
import { CertificateAuthority } from '../support/servers/certificates.js';
import { startForwardProxy } from '../support/servers/forward-proxy.js';
import { startTlsFront } from '../support/servers/tls-front.js';
import { oneLine, stage } from './support/stage.js';

it('syncs from an Enterprise Server behind TLS of a private authority, through a proxy', async () => {
  const { simulator, env, token } = await stage({ members: 250 });
  const authority = await CertificateAuthority.create();
  const front = await startTlsFront(simulator.url, await authority.issue('DNS:localhost'));
  const proxy = await startForwardProxy({ credentials: 'rollcall:hunter2' });
  const untrusting = {
    ...env,
    GITHUB_API_URL: `${front.url}/api/v3`,
    HTTPS_PROXY: proxy.url.replace('//', '//rollcall:hunter2@'),
  };
  const trusting = { ...untrusting, NODE_EXTRA_CA_CERTS: authority.path };
  const connect = ['connect', 'acme', '--token-stdin'];
  const refused = await runCommand(connect, { env: untrusting, stdin: token });
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringMatching(oneLine) });
  expect(refused.stderr).toContain('NODE_EXTRA_CA_CERTS');
  expect(await runCommand(connect, { env: trusting, stdin: token })).toMatchObject({ code: 0 });
  // Its links name http://127.0.0.1, which only the proxy that ends TLS reaches.
  const sync = ['sync', 'acme', '--json'];
  const synced = await runCommand(sync, { env: trusting });
  expect(JSON.parse(synced.stdout).run).toMatchObject({
    state: 'complete',
    result: { total: 250 },
  });
  const { host } = new URL(front.url);
  expect(new Set(proxy.connected)).toEqual(new Set([host]));
  const failed = await runCommand(sync, { env: untrusting });
  expect(JSON.parse(failed.stdout).run).toMatchObject({
    error: { code: 'certificate_not_trusted' },
  });
  expect(failed.stderr).not.toContain('hunter2');
});
