import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/config.js';

const load = (TRUSTED_PROXIES?: string) => loadConfig({ TRUSTED_PROXIES }).trustedProxies;

describe('TRUSTED_PROXIES', () => {
  it.each([
    [undefined, ['loopback']],
    ['none', []],
    ['10.0.0.5', ['10.0.0.5']],
    ['loopback, 10.0.0.0/8,fd00::/8', ['loopback', '10.0.0.0/8', 'fd00::/8']],
  ])('%s is read', (value, read) => {
    expect(load(value)).toEqual(read);
  });

  it.each([
    '10.0.0.0/33',
    '0.0.0.0/0',
    '10.0.0.1/255.0.0.0',
    'proxy.internal',
    '10.1',
    'fe80::1%eth0',
    'loopback,',
    'none,loopback',
    'true',
  ])('%s is refused in one line that names it', (value) => {
    expect(() => load(value)).toThrow(/^TRUSTED_PROXIES must be addresses or ranges .*none\.$/);
  });
});
