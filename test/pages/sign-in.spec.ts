import { describe, expect, it } from 'vitest';
import { Session } from '../../src/accounts/sessions/session.entity.js';
import { signedIn, startWeb } from '../support/web.js';
import { htmxPoll, WebClient } from '../support/web-client.js';

const ada = { email: 'admin@default.example', password: 'correct horse battery' };

describe('signing in', () => {
  it('leads to the page that was asked for, and from then on past the form', async () => {
    const service = await startWeb();
    await signedIn(service);
    const client = new WebClient(service.url);
    const turnedAway = await client.get('/integrations/github/7/runs?before=3');
    expect(turnedAway.status).toBe(302);
    const form = await client.follow(turnedAway);
    expect(form.text).toContain('name="next" value="/integrations/github/7/runs?before&#x3D;3"');
    const next = '/integrations/github/7/runs?before=3';
    const answer = await client.post('/sign-in', { ...ada, next });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, next]);
    expect((await client.get('/sign-in')).headers.get('location')).toBe('/');
    expect((await client.get('/')).status).toBe(200);
    expect((await client.get('/integrations')).status).toBe(200);
  });

  it.each([
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    'https://evil.example',
    'evil',
  ])('follows no next to another site: %j', async (next) => {
    const service = await startWeb();
    await signedIn(service);
    const answer = await new WebClient(service.url).post('/sign-in', { ...ada, next });
    expect(answer.headers.get('location')).toBe('/');
  });

  it('says what is wrong, keeps the email, and after ten failures asks to wait', async () => {
    const service = await startWeb();
    await signedIn(service);
    const client = new WebClient(service.url);
    const wrong = { email: ada.email, password: 'not <b>it</b>' };
    const refused = await client.post('/sign-in', wrong);
    expect(refused.status).toBe(401);
    expect(refused.text).toContain('The email address or the password is wrong.');
    expect(refused.text).toContain(`value="${ada.email}"`);
    expect(refused.text).not.toContain('not <b>');
    await Promise.all(Array.from({ length: 9 }, () => client.post('/sign-in', wrong)));
    const tooMany = await client.post('/sign-in', ada);
    expect(tooMany.status).toBe(429);
    expect(Number(tooMany.headers.get('retry-after'))).toBeGreaterThan(600);
    expect(tooMany.text).toMatch(/Wait 1\d minutes/);
  });

  it('takes no form to mean a wrong password', async () => {
    const client = new WebClient((await startWeb()).url);
    expect((await client.post('/sign-in')).status).toBe(401);
  });

  it('ends with signing out', async () => {
    const client = await signedIn(await startWeb());
    const answer = await client.post('/sign-out');
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/sign-in']);
    expect((await client.get('/integrations')).headers.get('location')).toMatch(/^\/sign-in/);
  });

  it('says that a session has ended, and leads back to where it did', async () => {
    const service = await startWeb();
    const client = await signedIn(service);
    const at = (path: string) => ({ referer: `${service.url}${path}` });
    await service.dataSource.manager.clear(Session);
    const poll = await client.get('/integrations/github/7/members/sync/progress', htmxPoll);
    expect([poll.status, poll.headers.get('hx-redirect')]).toEqual([401, '/sign-in']);
    const { text } = await client.get('/sign-in', at('/integrations/github/7/members?q=ada'));
    expect(text).toContain('Your session has ended. Sign in to continue.');
    expect(text).toContain('name="next" value="/integrations/github/7/members?q&#x3D;ada"');
    for (const referer of [
      'https://evil.example/integrations',
      `${service.url}//evil.example`,
      'x',
    ])
      expect((await client.get('/sign-in', { referer })).text).not.toContain('name="next"');
  });

  it('says nothing of the kind to who never signed in, or signed out', async () => {
    const service = await startWeb();
    const at = { referer: `${service.url}/integrations` };
    const client = await signedIn(service);
    await client.post('/sign-out');
    for (const one of [client, new WebClient(service.url)]) {
      const { text } = await one.get('/sign-in', at);
      expect(text).not.toContain('Your session has ended');
      expect(text).not.toContain('name="next"');
    }
  });
});
