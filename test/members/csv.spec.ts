import { expect, it } from 'vitest';
import { stage } from '../cli/support/stage.js';
import { parseCsv } from '../support/csv.js';
import { ways } from '../support/service.js';
import { WebClient } from '../support/web-client.js';

const HEADER = [
  ...['githubId', 'login', 'displayName', 'email', 'role', 'status', 'avatarUrl'],
  ...['twoFactor', 'since', 'disabledBy', 'disabledAt', 'suspended', 'affiliation'],
  ...['samlNameId', 'scimUserName', 'verifiedEmails'],
];

/** As they are on GitHub, and as a spreadsheet must not run them. */
const HARMLESS = [
  ' two  spaces ',
  'Smith, "Bob"',
  '"""',
  ',',
  'a;b',
  'line\nbreak\r\n',
  'old\rMac',
  "'apostrophe",
  'No-formula=1+1',
  'שלום עולם',
  '王小明 🦀 👩‍👩‍👧',
];
/** Characters that cannot be seen, and how they are spelled out. */
const SPELLED_OUT = {
  'NUL\0inside': 'NUL<U+0000>inside',
  '\u202egnihtyreve': '<U+202E>gnihtyreve',
  'a\u2066b\u2069\u200f\u001b[2J\u0085': 'a<U+2066>b<U+2069><U+200F><U+001B>[2J<U+0085>',
  '\0=1': "'<U+0000>=1",
};
/** What is a formula only to whoever reads by another separator. */
const WITHIN = {
  "x;=cmd|' /C calc'!A0;y": "x;'=cmd|' /C calc'!A0;y",
  'x\t=1+1': "x\t'=1+1",
  'x, =1+1|@a': "x,' =1+1|'@a",
  'x;"=1+1"\n-1': `x;'"=1+1"\n'-1`,
};
const FORMULAS = [
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '\tx',
  '\rx',
  '\nx',
  ' =1',
  '\u00a0@x',
  '\ufeff=1',
  '＝1+1',
  '=HYPERLINK("http://x","y")',
];

it.each(ways)('the directory is the same CSV to page, API and command line, $way', async (way) => {
  const { rollcall, connect, start, json, world, organization } = await stage({ ...way });
  const others = Object.keys({ ...SPELLED_OUT, ...WITHIN });
  for (const name of [...HARMLESS, ...FORMULAS, ...others])
    organization.join(world.addUser({ name }));
  const { id } = await connect();
  await rollcall(['sync', 'acme']);
  const url = await start(['serve']).ready;

  const { token } = await json(['token', 'export', '--read-only']);
  const headers = { Authorization: `Bearer ${token.value}`, Accept: 'text/csv' };
  const answer = await fetch(`${url}/api/v1/integrations/${id}/members`, { headers });
  const ofApi = Buffer.from(await answer.arrayBuffer());
  const ofCommand = await rollcall(['members', 'acme', '--format', 'csv']);
  const ofPage = await exported(url, `/integrations/github/${id}/members/export`);

  const [header, ...rows] = parseCsv(ofApi);
  expect(header).toEqual(HEADER);
  expect(ofApi.subarray(0, 9).toString()).toBe('githubId,');
  expect(ofCommand.stdout).toBe(ofApi.toString());
  expect(ofPage.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
  expect(ofPage.subarray(3)).toEqual(ofApi);
  expect(parseCsv(ofPage)).toEqual([HEADER, ...rows]);

  const shown = rows.map(([, , name]) => name);
  expect(shown).toEqual(expect.arrayContaining(HARMLESS));
  expect(shown).toEqual(expect.arrayContaining(FORMULAS.map((name) => `'${name}`)));
  expect(shown).toEqual(expect.arrayContaining(Object.values({ ...SPELLED_OUT, ...WITHIN })));
  expect(rows).toHaveLength(organization.members.length);
});

async function exported(url: string, path: string): Promise<Buffer> {
  const admin = new WebClient(url);
  await admin.post('/sign-in', { email: 'admin@localhost', password: 'correct horse battery' });
  const answer = await fetch(url + path, { headers: { cookie: admin.cookie } });
  expect(answer.headers.get('Content-Type')).toBe('text/csv; charset=utf-8');
  return Buffer.from(await answer.arrayBuffer());
}
