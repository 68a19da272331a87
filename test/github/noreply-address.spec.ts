import { expect, it } from 'vitest';
import { isNoreplyOfSame, noreplyAddress } from '../../src/github/sign-in/noreply-address.js';

const ada = { id: 4711, login: 'Ada' };

it.each([
  ['https://api.github.com', '4711+ada@users.noreply.github.com'],
  ['https://api.octocorp.ghe.com', '4711+ada@users.noreply.octocorp.ghe.com'],
  ['https://git.acme.example/api/v3', '4711+ada@users.noreply.git.acme.example'],
  ['http://127.0.0.1:8080/api/v3', '4711+ada@users.noreply.127.0.0.1'],
])('of %s is %s', (apiUrl, address) => {
  expect(noreplyAddress(apiUrl, ada)).toBe(address);
});

it.each([
  ['4711+king@users.noreply.github.com', true],
  ['47110+ada@users.noreply.github.com', false],
  ['4711+ada@users.noreply.git.acme.example', false],
  ['4711+ada@example.com', false],
  ['ada@example.com', false],
])('%s is of the same account: %s', (address, expected) => {
  expect(isNoreplyOfSame(address, noreplyAddress('https://api.github.com', ada))).toBe(expected);
});
