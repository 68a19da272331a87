import type { LookupFunction } from 'node:net';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/config.js';
import { MAX_ANSWER_BYTES, notAllowed, publicFetch } from '../../src/github/http/api-address.js';
import { ApiConnections } from '../../src/github/http/api-connections.js';
import { exchangeCode } from '../../src/github/sign-in/oauth-exchange.js';
import { dispatcherFor } from '../../src/platform/outbound/dispatcher-for.js';
import { publicLookup } from '../../src/platform/outbound/public-address.js';
import { clientFor, ownClient } from '../support/github-client.js';
import { startConnected, syncToEnd } from '../support/runs.js';
import { startForwardProxy } from '../support/servers/forward-proxy.js';
import { freePort } from '../support/servers/free-port.js';
import { startGithub } from '../support/service.js';

const PASSWORD = 'p:a s@s';
const credentials = `us@er:${PASSWORD}`;

/** The address of a proxy with a user and a password in it. */
const signedIn = (url: string, password = PASSWORD) =>
  url.replace('//', `//${encodeURIComponent('us@er')}:${encodeURIComponent(password)}@`);

const failureOf = (asked: Promise<unknown>): Promise<Error> =>
  asked.then(
    () => new Error('It was answered.'),
    (error: Error) => error,
  );

describe('a proxy', () => {
  it('carries everything that is asked of GitHub, over connections that are kept', async () => {
    const proxy = await startForwardProxy({ credentials });
    const env = { HTTP_PROXY: signedIn(proxy.url) };
    const { service, integration, simulator } = await startConnected(950, { env });
    expect(await syncToEnd(service, integration.id)).toMatchObject({
      state: 'complete',
      result: { total: 950 },
    });
    const { host } = new URL(simulator.url);
    expect(new Set(proxy.connected)).toEqual(new Set([host]));
    expect(proxy.refused).toEqual([]);
    expect(proxy.connected.length).toBeLessThan(simulator.requests.total / 2);
  });

  it('carries the exchange of a code for a token', async () => {
    const [proxy, { simulator, world }] = [await startForwardProxy(), await startGithub()];
    const oauth = { clientId: 'Iv1.0123456789abcdef', clientSecret: 'the-client-secret' };
    world.addOAuthApp({ ...oauth, callbackUrls: ['http://127.0.0.1/callback'] });
    const config = loadConfig({ GITHUB_API_URL: simulator.url, HTTP_PROXY: proxy.url });
    const dispatcher = new ApiConnections(config).dispatcher(simulator.url, true);
    const grant = {
      ...{ oauth, code: 'wrong', verifier: 'v', redirectUri: 'http://127.0.0.1/callback' },
      button: 'Connect with GitHub' as const,
    };
    const exchange = exchangeCode({ ...grant, webUrl: simulator.url, dispatcher });
    expect(await failureOf(exchange)).toMatchObject({ code: 'github_sign_in_failed' });
    expect(proxy.connected).toEqual([new URL(simulator.url).host]);
  });

  it('is left out for the hosts of NO_PROXY', async () => {
    const [proxy, { simulator }] = [await startForwardProxy(), await startGithub()];
    const env = { http_proxy: proxy.url, no_proxy: '127.0.0.1' };
    expect(await ownClient(simulator.url, env).viewer()).toMatchObject({ login: 'olga-owner' });
    expect(proxy.connected).toEqual([]);
  });

  it.each([
    [407, 'proxy_refused', /user and password/],
    [403, 'proxy_refused', /does not allow/],
    [502, 'github_unavailable', /could not reach GitHub: it answered 502/],
  ])('that answers %i is named, without its password', async (status, code, message) => {
    const [proxy, { simulator }] = [await startForwardProxy({ status }), await startGithub()];
    const env = { HTTP_PROXY: signedIn(proxy.url, 'hunter2-secret') };
    const failure = await failureOf(ownClient(simulator.url, env).viewer());
    expect(failure).toMatchObject({ code, status: 502, message: expect.stringMatching(message) });
    expect(failure.message).toContain(proxy.host);
    expect(JSON.stringify(failure) + errorText(failure)).not.toContain('hunter2');
    if (code === 'proxy_refused') expect(proxy.refused).toHaveLength(1);
  });

  it('that does not take the password is named', async () => {
    const [proxy, { simulator }] = [await startForwardProxy({ credentials }), await startGithub()];
    const env = { HTTP_PROXY: signedIn(proxy.url, 'wrong') };
    expect(await failureOf(ownClient(simulator.url, env).viewer())).toMatchObject({
      code: 'proxy_refused',
      message: expect.stringContaining(`${proxy.host} rejected`),
    });
  });

  it('that is not there is named', async () => {
    const { simulator } = await startGithub();
    const host = `127.0.0.1:${await freePort()}`;
    const env = { HTTP_PROXY: `http://user:hunter2@${host}` };
    const failure = await failureOf(ownClient(simulator.url, env).viewer());
    expect(failure).toMatchObject({ code: 'proxy_refused' });
    expect(failure.message).toBe(
      `The proxy ${host} cannot be used: it refused the connection (ECONNREFUSED).`,
    );
  });
});

/** Everything that the log would show. */
function errorText(error: unknown): string {
  return error instanceof Error ? `${error.stack}\n${errorText(error.cause)}` : '';
}

describe('a proxy and an API address that somebody typed', () => {
  it.each(['10.0.0.1', '[fd00::1]', 'localhost', '127.1'])(
    'is not asked for what is private: %s',
    async (host) => {
      const proxy = await startForwardProxy();
      const asked = async () =>
        clientFor(`https://${host}/api/v3`, { HTTPS_PROXY: proxy.url }).viewer();
      expect(await failureOf(asked())).toMatchObject({ code: 'api_url_not_allowed' });
      expect([...proxy.connected, ...proxy.refused]).toEqual([]);
    },
  );

  /** Finds these addresses for every name. */
  const findsOnly =
    (...addresses: string[]): LookupFunction =>
    (_, __, callback) =>
      callback(
        null,
        addresses.map((address) => ({ address, family: 4 })),
      );

  const typedClient = (proxy: string, find: LookupFunction) => {
    const apiUrl = 'https://github.example/api/v3';
    const { proxies } = loadConfig({ HTTPS_PROXY: proxy });
    const options = { maxBytes: MAX_ANSWER_BYTES, lookup: publicLookup(notAllowed, find) };
    return clientFor(apiUrl, {}, publicFetch(apiUrl, dispatcherFor(apiUrl, proxies, options)));
  };

  it('is asked for a name whose addresses are all public, by its name', async () => {
    const proxy = await startForwardProxy({ status: 403 });
    const client = typedClient(proxy.url, findsOnly('140.82.121.6', '140.82.121.5'));
    expect(await failureOf(client.viewer())).toMatchObject({ code: 'proxy_refused' });
    expect(proxy.refused).toEqual(['github.example:443']);
  });

  it('is not asked for a name that has a private address', async () => {
    const proxy = await startForwardProxy();
    const client = typedClient(proxy.url, findsOnly('140.82.121.6', '169.254.169.254'));
    expect(await failureOf(client.viewer())).toMatchObject({ code: 'api_url_not_allowed' });
    expect([...proxy.connected, ...proxy.refused]).toEqual([]);
  });
});
