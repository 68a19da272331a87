import { expect, it } from 'vitest';
import { signedIn, startWeb } from '../support/web.js';
import { htmxPoll } from '../support/web-client.js';

it('a user makes so many page requests a minute, and is told when to come back', async () => {
  const service = await startWeb({ env: { PAGE_REQUESTS_PER_MINUTE: '3' } });
  const [ada, sameAda] = [await signedIn(service), await signedIn(service)];
  const grace = await signedIn(service, { team: 'other' });
  for (const one of [ada, sameAda, ada]) expect((await one.get('/integrations')).status).toBe(200);
  expect((await sameAda.get('/integrations')).status).toBe(429);

  const page = await ada.get('/integrations');
  expect(page.status).toBe(429);
  const seconds = Number(page.headers.get('Retry-After'));
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThanOrEqual(60);
  expect(page.text).toContain('<html');
  expect(page.text).toContain(`Wait ${seconds} s`);
  expect(page.text).toMatch(/<a href=""[^>]*>Try again</);

  const fragment = await ada.get('/integrations', htmxPoll);
  expect(fragment.status).toBe(429);
  expect(fragment.headers.get('Retry-After')).toMatch(/^[1-9]\d?$/);
  expect(fragment.headers.get('HX-Retarget')).toBe('#notice');
  expect(fragment.text).not.toContain('<html');
  expect(fragment.text).toMatch(/Wait \d+ s/);

  expect((await grace.get('/integrations')).status).toBe(200);

  const member = await signedIn(service, { role: 'member' });
  const statuses = [];
  for (let i = 0; i < 4; i++) statuses.push((await member.get('/api-tokens')).status);
  expect(statuses).toEqual([403, 403, 403, 429]);
});
