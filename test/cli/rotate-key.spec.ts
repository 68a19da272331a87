import { expect, it } from 'vitest';
import { loadConfig } from '../../src/config/config.js';
import { Credential } from '../../src/integrations/connections/credential.entity.js';
import { createDataSource, dataSourceOptions } from '../../src/platform/database/data-source.js';
import { initialize } from '../../src/platform/database/open-data-source.js';
import { ways } from '../support/service.js';
import { signedIn, startWeb } from '../support/web.js';
import { WebClient } from '../support/web-client.js';
import { oneLine, stage } from './support/stage.js';

const [OLD, NEW] = ['aa'.repeat(32), 'bb'.repeat(32)];

it.each(ways)('a key is rotated while servers and syncs go on, $way', async (way) => {
  const { env, rollcall, connect, json } = await stage({ ...way, members: 40 });
  Object.assign(env, { SECRET_KEY: OLD });
  await connect();

  // Everybody learns the new key before anybody seals with it.
  Object.assign(env, { SECRET_KEY_PREVIOUS: NEW });
  const browser = await signedIn(await startWeb({ ...way, env }));
  Object.assign(env, { SECRET_KEY: NEW, SECRET_KEY_PREVIOUS: OLD });
  const other = new WebClient((await startWeb({ ...way, env })).url);
  const [done, { run }, ...pages] = await Promise.all([
    json(['rotate-key']),
    json(['sync', 'acme']),
    browser.get('/integrations'),
    other.get('/integrations', { Cookie: browser.cookie }),
  ]);
  expect(done).toEqual({ rotated: 1, unreadable: 0 });
  expect(run).toMatchObject({ state: 'complete' });
  expect(pages.map(({ status }) => status)).toEqual([200, 200]);

  env.SECRET_KEY_PREVIOUS = '';
  expect((await json(['sync', 'acme'])).run).toMatchObject({ state: 'complete' });
  expect(await rollcall(['audit', 'verify'])).toMatchObject({ code: 0 });
  Object.assign(env, { SECRET_KEY: OLD });
  const refused = await rollcall(['sync', 'acme']);
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringMatching(oneLine) });
  expect(refused.stderr).toContain('SECRET_KEY is not the key of this database');
});

it.each(ways)('a secret that neither key opens stays, and is told, $way', async (way) => {
  const { env, rollcall, connect, json } = await stage(way);
  Object.assign(env, { SECRET_KEY: OLD });
  await connect();
  const options = await dataSourceOptions(loadConfig(env).database, [Credential]);
  const database = await initialize(createDataSource(options));
  await database.manager.update(Credential, { id: 1 }, { sealedSecret: 'v1.AAAA' });
  await database.destroy();
  Object.assign(env, { SECRET_KEY: NEW, SECRET_KEY_PREVIOUS: OLD });
  expect(await json(['rotate-key'])).toEqual({ rotated: 0, unreadable: 1 });
  expect((await rollcall(['rotate-key'])).stdout).toContain('1 open with neither key');
});

it('needs both keys, which differ', async () => {
  const { env, rollcall, connect } = await stage();
  await connect();
  const alone = await rollcall(['rotate-key']);
  expect(alone).toMatchObject({ code: 1, stderr: expect.stringMatching(oneLine) });
  expect(alone.stderr).toContain('SECRET_KEY_PREVIOUS');
  env.SECRET_KEY_PREVIOUS = env.SECRET_KEY ?? '';
  const same = await rollcall(['rotate-key']);
  expect(same).toMatchObject({ code: 2, stderr: expect.stringMatching(oneLine) });
  expect(same.stderr).toContain('SECRET_KEY_PREVIOUS must differ from SECRET_KEY');
});
