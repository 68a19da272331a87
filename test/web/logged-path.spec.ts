import { expect, it } from 'vitest';
import { loggedPath } from '../../src/platform/web/logged-path.js';

it.each([
  ['/integrations/github/1', '/integrations/github/1'],
  ['/invitations/abc', '/invitations/…'],
  ['/Invitations/abc/def', '/Invitations/…'],
  ['/sign-in/link/abc', '/sign-in/link/…'],
  ['/users/invitations/7/withdraw', '/users/invitations/7/withdraw'],
])('%s is logged as %s', (path, logged) => {
  expect(loggedPath({ path })).toBe(logged);
});
