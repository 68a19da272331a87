import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource, In, IsNull, MoreThan } from 'typeorm';
import { batched, byKey } from '../../platform/database/batched.js';
import { inTransaction } from '../../platform/database/transaction.js';
import { PublicError } from '../../platform/public-error.js';
import { sha256Hex } from '../../platform/secrets/secrets.js';
import { recordAudit } from '../audit/record-audit.js';
import { Membership } from '../users/membership.entity.js';
import { User } from '../users/user.entity.js';
import { ApiToken } from './api-token.entity.js';
import { refuseExpired, refuseMaker, refuseRevoked } from './api-token-refusals.js';
import { expiryIn, nameOf } from './new-api-token.js';

/** A value without this form is unknown, so the database is not asked. */
const FORM = /^rc_[\w-]{43}$/;

/** The last use is saved at most this often, in ms, so that not each request needs a write. */
const LAST_USE_SAVED_EVERY_MS = 60_000;

/** How long a token revoked because of its maker stays listed, in ms. */
const REVOKED_SHOWN_FOR_MS = 90 * 86_400_000;

export interface TokenOptions {
  readOnly?: boolean;
  /** 1 to 3,650; null for never. */
  expiresInDays?: number | null;
  /** The maker's email address, if known. */
  madeBy?: string;
}

export interface NewToken {
  id: number;
  name: string;
  value: string;
}

@Injectable()
export class ApiTokensService {
  /** One statement for all values tried at once, right or wrong. */
  private readonly byHash = batched(async (hashes: string[]) => {
    const where = { tokenHash: In(hashes) };
    return byKey(await this.dataSource.manager.findBy(ApiToken, where), (one) => one.tokenHash);
  });

  private readonly adminPlaces = batched(async (userIds: number[]) => {
    const where = { userId: In(userIds), role: 'admin' as const };
    const found = await this.dataSource.manager.find(Membership, { where });
    return new Map(userIds.map((id) => [id, found.filter(({ userId }) => userId === id)]));
  });

  constructor(private readonly dataSource: DataSource) {}

  /**
   * Returns the value, which cannot be read later. Two tokens may have the same name, such as a token and its
   * successor.
   * @throws PublicError `token_name_invalid`, `token_life_invalid`
   */
  async create(
    teamId: number,
    typedName: string,
    { readOnly = false, expiresInDays = null, madeBy }: TokenOptions = {},
  ): Promise<NewToken> {
    const name = nameOf(typedName);
    const expiresAt = expiryIn(expiresInDays);
    const value = `rc_${randomBytes(32).toString('base64url')}`;
    return inTransaction(this.dataSource, async (manager) => {
      const maker = madeBy ? await manager.findOneBy(User, { email: madeBy }) : null;
      const token = manager.create(ApiToken, {
        teamId,
        name,
        readOnly,
        expiresAt,
        madeBy: madeBy ?? null,
        madeByUserId: maker?.id ?? null,
        tokenHash: sha256Hex(value),
        createdAt: new Date(),
      });
      const { id } = await manager.save(token);
      const after = { readOnly, expiresAt };
      await recordAudit(manager, { teamId, action: 'token.create', subject: name, after });
      return { id, name, value };
    });
  }

  /** Tokens that were not revoked, and those lately revoked because of their maker; newest first. */
  list(teamId: number): Promise<ApiToken[]> {
    const revokedAt = MoreThan(new Date(Date.now() - REVOKED_SHOWN_FOR_MS));
    const revokedBecause = In(['maker_demoted', 'maker_removed']);
    const where = [
      { teamId, revokedAt: IsNull() },
      { teamId, revokedAt, revokedBecause },
    ];
    return this.dataSource.manager.find(ApiToken, { where, order: { id: 'DESC' } });
  }

  /** @throws PublicError 404, also for another team's token */
  async get(teamId: number, id: number): Promise<ApiToken> {
    const where = { id, teamId, revokedAt: IsNull() };
    const token = await this.dataSource.manager.findOneBy(ApiToken, where);
    if (token) return token;
    throw new PublicError(
      404,
      'token_not_found',
      'Your team does not have this API token.',
      'Choose one from the list. It may already be revoked.',
    );
  }

  /** The token is invalid from now on. */
  async revoke({ id, teamId, name: subject }: ApiToken): Promise<void> {
    const revoked = { revokedAt: new Date(), revokedBecause: 'by_admin' } as const;
    await inTransaction(this.dataSource, async (manager) => {
      const { affected } = await manager.update(ApiToken, { id, revokedAt: IsNull() }, revoked);
      if (affected) await recordAudit(manager, { teamId, action: 'token.revoke', subject });
    });
  }

  /** Null for a value that is unknown. @throws PublicError 401 `token_expired`, `token_revoked` */
  async authenticate(value: string): Promise<ApiToken | null> {
    const token = FORM.test(value) && (await this.byHash(sha256Hex(value)));
    if (!token) return null;
    const now = new Date();
    if (token.revokedAt) throw refuseRevoked();
    if (token.expiresAt && token.expiresAt <= now) throw refuseExpired();
    if (!(await this.isAllowed(token))) throw refuseMaker();
    if (now.getTime() - (token.lastUsedAt?.getTime() ?? 0) > LAST_USE_SAVED_EVERY_MS)
      await this.dataSource.manager.update(ApiToken, { id: token.id }, { lastUsedAt: now });
    return token;
  }

  /** Whether it belongs to no user, or its maker is now an admin of its team. */
  private async isAllowed({ teamId, madeBy, madeByUserId }: ApiToken): Promise<boolean> {
    if (madeByUserId === null) return madeBy === null;
    const places = await this.adminPlaces(madeByUserId);
    return places?.some((place) => place.teamId === teamId) ?? false;
  }
}
