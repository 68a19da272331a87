import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/config.js';
import { proxyFor } from '../../src/platform/outbound/proxy-for.js';

/** HOST:PORT of the proxy for an origin, by the environment. */
const chosen = (origin: string, env: NodeJS.ProcessEnv) =>
  proxyFor(origin, loadConfig(env).proxies)?.host;

const both = { HTTPS_PROXY: 'http://secure.example:3128', HTTP_PROXY: 'http://plain.example:3128' };

describe('the proxies of the environment', () => {
  it.each([
    ['https://api.github.com', both, 'secure.example:3128'],
    ['http://ghe.example', both, 'plain.example:3128'],
    ['http://ghe.example', { HTTPS_PROXY: both.HTTPS_PROXY }, undefined],
    ['https://api.github.com', { HTTP_PROXY: both.HTTP_PROXY }, undefined],
    ['https://api.github.com', {}, undefined],
    [
      'https://api.github.com',
      { ...both, https_proxy: 'http://lower.example:1' },
      'lower.example:1',
    ],
    ['https://api.github.com', { HTTPS_PROXY: 'proxy.example:3128' }, 'proxy.example:3128'],
  ])('for %s with %j: %s', (origin, env, proxy) => {
    expect(chosen(origin, env)).toBe(proxy);
  });

  it.each([
    ['*', 'https://api.github.com'],
    ['github.com', 'https://github.com'],
    ['github.com', 'https://api.github.com'],
    ['.github.com', 'https://api.github.com'],
    ['*.GitHub.com', 'https://api.github.com'],
    ['localhost, api.github.com', 'https://api.github.com'],
    ['api.github.com:443', 'https://api.github.com'],
    ['10.1.2.3', 'https://10.1.2.3'],
    ['10.0.0.0/8', 'https://10.1.2.3:8443'],
    ['[fd00::1]:443', 'https://[fd00::1]'],
    ['fd00::/8', 'https://[fd00::1]'],
  ])('are not used for hosts of NO_PROXY: %s, %s', (NO_PROXY, origin) => {
    expect(chosen(origin, { ...both, NO_PROXY })).toBeUndefined();
  });

  it.each([
    ['hub.com', 'https://github.com'],
    ['api.github.com:8443', 'https://api.github.com'],
    ['10.0.0.0/8', 'https://11.1.2.3'],
    ['10.0.0.0/8', 'https://[fd00::1]'],
    ['10.0.0.0/8', 'https://10.example'],
  ])('are used for other hosts than those of NO_PROXY: %s, %s', (no_proxy, origin) => {
    expect(chosen(origin, { ...both, no_proxy })).toBe('secure.example:3128');
  });

  it.each([
    ['HTTPS_PROXY', 'socks5://proxy.example:1080'],
    ['https_proxy', 'not an address'],
    ['HTTP_PROXY', 'http://user:secret@proxy.example:99999'],
    ['http_proxy', 'http://user:secret%zz@proxy.example'],
    ['HTTPS_PROXY', 'http://user:secret@proxy.example/path'],
    ['NO_PROXY', 'http://ghe.example'],
    ['no_proxy', 'ghe.example/path'],
  ])('stop the start where %s is wrong, and show no password', (variable, value) => {
    const start = () => loadConfig({ [variable]: value });
    expect(start).toThrow(expect.objectContaining({ variable }));
    expect(start).not.toThrow(/secret/);
  });
});
