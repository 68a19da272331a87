import { Injectable } from '@nestjs/common';
import { DataSource, In, LessThan, MoreThan } from 'typeorm';
import { batched, byKey } from '../../platform/database/batched.js';
import { insertRows } from '../../platform/database/insert-rows.js';
import { KnownSignIn } from './known-sign-in.entity.js';

/** How long a sign-in is remembered, in ms. */
const REMEMBERED_FOR_MS = 90 * 24 * 3_600_000;

const UPSERT = { key: ['key_hash'], columns: ['last_at'] };

/** Remembers which accounts have signed in from which networks. */
@Injectable()
export class KnownSignIns {
  /** One statement for all people who sign in at once. */
  private readonly byHash = batched(async (keys: string[]) => {
    const where = { keyHash: In(keys), lastAt: MoreThan(forgotten()) };
    return byKey(
      await this.dataSource.manager.findBy(KnownSignIn, where),
      ({ keyHash }) => keyHash,
    );
  });

  constructor(private readonly dataSource: DataSource) {}

  async has(pairKey: string): Promise<boolean> {
    return (await this.byHash(pairKey)) !== undefined;
  }

  async remember(pairKey: string): Promise<void> {
    const { manager } = this.dataSource;
    await insertRows(manager, KnownSignIn, [{ keyHash: pairKey, lastAt: new Date() }], UPSERT);
    await manager.delete(KnownSignIn, { lastAt: LessThan(forgotten()) });
  }
}

const forgotten = (): Date => new Date(Date.now() - REMEMBERED_FOR_MS);
