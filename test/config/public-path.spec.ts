import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/config.js';
import { startWeb } from '../../src/main.js';
import { testEnvironment } from '../support/service.js';

describe('the path of PUBLIC_URL', () => {
  it.each([
    ['http://127.0.0.1:3000', ''],
    ['https://example.org/', ''],
    ['https://example.org/rollcall', '/rollcall'],
    ['https://example.org/rollcall/', '/rollcall'],
    ['https://example.org/tools/roll-call_2.0~a', '/tools/roll-call_2.0~a'],
  ])('of %s is "%s"', (PUBLIC_URL, path) => {
    expect(loadConfig({ PUBLIC_URL }).publicPath).toBe(path);
  });

  it.each([
    'https://example.org//evil.example',
    'https://example.org/a//b',
    'https://example.org/a;b',
    'https://example.org/a%2Fb',
    'https://example.org/rôle',
    "https://example.org/'",
  ])(
    'is refused in %s, which browsers, proxies and cookies read in different ways',
    (PUBLIC_URL) => {
      expect(() => loadConfig({ PUBLIC_URL })).toThrow(/^PUBLIC_URL must have a path of letters/);
    },
  );

  it.each(['/docs', '/integrations/github', '/api'])(
    'ends the start where it is the start of a route: %s',
    async (path) => {
      const env = { PUBLIC_URL: `http://127.0.0.1${path}` };
      const config = loadConfig(await testEnvironment({ env }));
      await expect(startWeb(config, { level: 'fatal' })).rejects.toThrow(
        `PUBLIC_URL has the path ${path}, which Rollcall itself uses; choose another, such as /rollcall.`,
      );
    },
  );
});
