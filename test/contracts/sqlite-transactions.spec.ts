import type { EntityManager } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { Team } from '../../src/accounts/users/team.entity.js';
import { inTransaction } from '../../src/platform/database/transaction.js';
import { startService } from '../support/service.js';

const insert = (manager: EntityManager, slug: string) =>
  manager.insert(Team, { slug, createdAt: new Date() });

async function start() {
  const { dataSource } = await startService({ dialect: 'sqlite' });
  const { manager } = dataSource;
  const slugs = async () => (await manager.find(Team)).map(({ slug }) => slug);
  return { dataSource, manager, slugs };
}

describe('a transaction on SQLite', () => {
  it('takes nothing of others with it when it is rolled back', async () => {
    const { dataSource, manager, slugs } = await start();
    const failing = inTransaction(dataSource, async (own) => {
      await insert(own, 'own');
      throw new Error('No.');
    });
    // Asked for while the transaction is open, from outside.
    const other = insert(manager, 'other');
    await expect(failing).rejects.toThrow('No.');
    await other;
    expect(await slugs()).toEqual(['default', 'other']);
  });

  it('is alone, however many statements are asked for at once beside it', async () => {
    const { dataSource, manager, slugs } = await start();
    const beside = (name: string) =>
      Array.from({ length: 20 }, (_, i) => insert(manager, `${name}-${i}`));
    const slugsIn = async (own: EntityManager) => (await own.find(Team)).map(({ slug }) => slug);
    const early = beside('early');
    const seen = inTransaction(dataSource, async (own) => {
      const first = await slugsIn(own);
      await insert(own, 'own');
      return { first, last: await slugsIn(own) };
    });
    await Promise.all([...early, ...beside('late')]);
    const { first, last } = await seen;
    expect(last).toEqual([...first, 'own']);
    expect(await slugs()).toHaveLength(42);
  });

  it('refuses a statement that would wait for it for ever, each time', async () => {
    const { dataSource, manager, slugs } = await start();
    for (const slug of ['one', 'two'])
      await expect(
        inTransaction(dataSource, async (own) => {
          await insert(own, slug);
          await insert(manager, 'never');
        }),
      ).rejects.toThrow("Within a transaction, use only the transaction's manager.");
    await insert(manager, 'later');
    expect(await slugs()).toEqual(['default', 'later']);
  });
});
