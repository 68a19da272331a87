import { MockAgent } from 'undici';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/config.js';
import { publicFetch } from '../../src/github/http/api-address.js';
import { ApiConnections } from '../../src/github/http/api-connections.js';
import { clientFor } from '../support/github-client.js';
import { listener } from '../support/unreachable.js';

const NOT_ALLOWED = { code: 'api_url_not_allowed', remedy: expect.stringContaining('public') };

describe('an API address that somebody typed', () => {
  it.each([
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
    '127.0.0.1.',
    '0.0.0.0',
    '0',
    '[::]',
    '[::1]',
    '[::127.0.0.1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:0:127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '[64:ff9b:1::7f00:1]',
    '[2002:7f00:1::]',
    '[fd00::1]',
    '[fe80::1]',
    '[fec0::1]',
    '[ff02::1]',
    '169.254.169.254',
    '10.0.0.1',
    '172.16.0.1',
    '192.168.1.1',
    '100.64.0.1',
    '255.255.255.255',
    'localhost',
    'LOCALHOST',
  ])('reaches nothing on this machine or its network: %s', async (host) => {
    const { port, connections } = await listener();
    const ask = async () => clientFor(`https://${host}:${port}/api/v3`).viewer();
    await expect(ask()).rejects.toMatchObject(NOT_ALLOWED);
    expect(connections()).toBe(0);
  });

  it('is https', async () => {
    expect(() => clientFor('http://github.example')).toThrow(/not an https address/);
  });

  it.each([301, 302, 303, 307, 308])('is not left by a redirect (%i)', async (status) => {
    const { port, connections } = await listener();
    const agent = new MockAgent();
    agent.enableNetConnect();
    agent
      .get('https://github.example')
      .intercept({ path: '/api/v3/user' })
      .reply(status, '', { headers: { location: `http://127.0.0.1:${port}/` } })
      .persist();
    const apiUrl = 'https://github.example/api/v3';
    const client = clientFor(apiUrl, {}, publicFetch(apiUrl, agent));
    await expect(client.viewer()).rejects.toMatchObject({
      code: 'github_answer_invalid',
      message: expect.stringContaining('not followed'),
    });
    expect(connections()).toBe(0);
  });

  it('is not left for an address that an answer names', async () => {
    const { port, connections } = await listener();
    const fetch = new ApiConnections(loadConfig({})).fetchFor('https://github.example/api/v3');
    await expect(fetch(`http://127.0.0.1:${port}/next`)).rejects.toMatchObject(NOT_ALLOWED);
    expect(connections()).toBe(0);
  });
});
