import { describe, expect, it } from 'vitest';
import { AuditEntry } from '../../src/accounts/audit/audit-entry.entity.js';
import { Credential } from '../../src/integrations/connections/credential.entity.js';
import {
  acceptSecretKey,
  checkSecretKey,
} from '../../src/integrations/secret-key/check-secret-key.js';
import { SecretKeyCheck } from '../../src/integrations/secret-key/secret-key-check.entity.js';
import { Secrets } from '../../src/platform/secrets/secrets.js';
import { connect, startConnected, syncToEnd } from '../support/runs.js';
import { startService, ways } from '../support/service.js';

const [own, other] = [new Secrets(Buffer.alloc(32, 0xaa)), new Secrets(Buffer.alloc(32, 0xbb))];

describe.each(ways)('the SECRET_KEY of a database, $way', (way) => {
  it('is checked before anything works, and told by its value in the database', async () => {
    const { service } = await startConnected(2, way);
    const { dataSource, config } = service;
    const [kept] = await dataSource.manager.find(SecretKeyCheck);
    expect(JSON.stringify(kept)).not.toContain('aaaa');
    const { database, redis } = config;
    const DATABASE_URL = database.type === 'mysql' ? database.url : `sqlite:${database.path}`;
    const env = { DATABASE_URL, REDIS_URL: redis?.url, SECRET_KEY: 'bb'.repeat(32) };
    await expect(startService({ env })).rejects.toThrow('SECRET_KEY');
    await expect(checkSecretKey(dataSource, own)).resolves.toBeUndefined();
    expect(await dataSource.manager.find(SecretKeyCheck)).toEqual([kept]);
  });

  it('is one, however many start at once on a new database', async () => {
    const { dataSource } = await startService(way);
    await dataSource.manager.clear(SecretKeyCheck);
    const all = [own, other, own, other].map((secrets) => checkSecretKey(dataSource, secrets));
    const outcomes = (await Promise.allSettled(all)).map(({ status }) => status);
    expect(outcomes.filter((status) => status === 'fulfilled')).toHaveLength(2);
    expect(await dataSource.manager.count(SecretKeyCheck)).toBe(1);
  });

  it('is the one that opens a credential, where the database had no check value', async () => {
    const { service } = await startConnected(2, way);
    const { dataSource } = service;
    await dataSource.manager.clear(SecretKeyCheck);
    await expect(checkSecretKey(dataSource, other)).rejects.toThrow('SECRET_KEY');
    expect(await dataSource.manager.count(SecretKeyCheck)).toBe(0);
    await checkSecretKey(dataSource, own);
    await expect(checkSecretKey(dataSource, other)).rejects.toThrow('SECRET_KEY');
  });

  it('can be replaced by an operator who lost it', async () => {
    const { service } = await startConnected(2, way);
    for (let i = 0; i < 2; i++) await acceptSecretKey(service.dataSource, other);
    await checkSecretKey(service.dataSource, other);
    const where = { action: 'secret_key.accept' };
    expect(await service.dataSource.manager.findBy(AuditEntry, where)).toMatchObject([
      { teamId: 0, subject: 'SECRET_KEY', before: null, after: null },
    ]);
    await expect(checkSecretKey(service.dataSource, own)).rejects.toThrow('SECRET_KEY');
  });
});

it('says of a credential that cannot be read what to do, and connecting again mends it', async () => {
  const { service, integration, token } = await startConnected(2, {});
  const sealedSecret = other.seal(token, 'credential:1');
  await service.dataSource.manager.update(Credential, { teamId: 1 }, { sealedSecret });
  expect(await syncToEnd(service, integration.id)).toMatchObject({
    state: 'error',
    errorCode: 'credential_unreadable',
    errorRemedy: expect.stringContaining('Connect the organization again'),
  });
  await connect(service, token);
  expect(await syncToEnd(service, integration.id)).toMatchObject({ state: 'complete' });
});
