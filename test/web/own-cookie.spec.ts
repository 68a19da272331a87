import { expect, it } from 'vitest';
import { OwnCookie } from '../../src/platform/web/own-cookie.js';

it.each([
  [undefined, 'c', '/', false],
  ['http://127.0.0.1:3000', 'c', '/', false],
  ['http://rollcall.example/team', 'c', '/team', false],
  ['https://rollcall.example', '__Host-c', '/', true],
  ['https://rollcall.example:8443/', '__Host-c', '/', true],
  ['https://rollcall.example/team', '__Secure-c', '/team', true],
])('a cookie of %s is %s with the path %s, Secure: %s', (publicUrl, name, path, secure) => {
  const cookie = new OwnCookie('c', { publicUrl });
  expect(cookie.name).toBe(name);
  expect(cookie.attributes).toEqual({ path, secure, httpOnly: true, sameSite: 'lax' });
});
