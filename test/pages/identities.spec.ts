import { expect, it } from 'vitest';
import { Member } from '../../src/members/member.entity.js';
import { syncToEnd } from '../support/runs.js';
import { startPages } from './support/pages.js';

it('shows who somebody is at work, filters by it, and never takes what is not visible for none', async () => {
  const { service, integration, admin, page, others, organization, world, owner, token } =
    await startPages({ members: 4 });
  const [one] = others;
  if (!one) throw new Error('The organization is too small.');
  const sync = () => syncToEnd(service, integration.id);
  await sync();
  const member = await service.dataSource.manager.findOneByOrFail(Member, { githubId: one.id });
  const person = `${page}/${member.id}`;
  const unknown = (await admin.get(person)).text;
  expect(unknown).toMatch(/Single sign-on<\/dt><dd>Not visible/);
  expect(unknown).toContain('admin:org');
  const filtered = (await admin.get(`${page}?identity=none`)).text;
  expect(filtered).toContain('Who has a corporate identity is not visible.');
  expect(filtered).toContain('Nobody can be found by what is not visible');
  expect((await admin.get(`${page}/export?identity=none`)).status).toBe(422);
  const unread = new Date().toISOString();

  organization.identities.link(one, { nameId: '<b>One</b>@corp' });
  organization.identities.verifyEmails(one, ['one@corp.example']);
  world.addToken({ token, user: owner, scopes: ['admin:org', 'read:user'] });
  await sync();
  const known = (await admin.get(person)).text;
  expect(known).toContain('&lt;b&gt;One&lt;/b&gt;@corp');
  expect(known).toContain('one@corp.example');
  expect(known).not.toContain('Not visible');
  // The history tells it too: Rollcall has seen it first in this run.
  expect(known).toMatch(/SAML NameID[\s\S]*not visible/);
  const linked = (await admin.get(`${page}?identity=linked`)).text;
  expect(linked).toContain(one.login);
  expect(linked).not.toContain('not visible.');
  expect((await admin.get(`${page}?identity=none`)).text).not.toContain(`>${one.login}<`);

  const past = await admin.get(`${page}?identity=none&asOf=${unread}`);
  expect(past.status).toBe(422);
  expect(past.text).toContain('Who has a corporate identity was first read');

  world.addToken({ token, user: owner, scopes: ['read:org'] });
  await sync();
  expect((await admin.get(person)).text).toMatch(/As of <time[\s\S]*admin:org/);
  expect((await admin.get(`${page}?identity=linked`)).text).toMatch(
    /Corporate identities are as of <time/,
  );

  expect((await admin.get(`${page}?twoFactor=off`)).text).not.toContain('not visible.');
  world.addToken({ token, user: one, scopes: ['read:org'] });
  await sync();
  const lacking = (await admin.get(`${page}?twoFactor=off`)).text;
  expect(lacking).toMatch(
    /Two-factor authentication is not visible\.<\/strong>.*token of an owner/,
  );
});
