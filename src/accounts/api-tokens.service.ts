import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource, IsNull } from 'typeorm';
import { PublicError } from '../platform/public-error.js';
import { sha256Hex } from '../platform/secrets/secrets.js';
import { ApiToken } from './api-token.entity.js';

/** The last use is noted at most this often, in ms: it need not cost each request a write. */
const NOTED_EVERY = 60_000;

export interface TokenOptions {
  readOnly?: boolean;
  /** Never where null. */
  expiresAt?: Date | null;
}

export interface NewToken {
  id: number;
  name: string;
  value: string;
}

@Injectable()
export class ApiTokensService {
  constructor(private readonly dataSource: DataSource) {}

  /** The only time that the value is to be had. @throws PublicError `token_name_invalid` */
  async create(
    teamId: number,
    name: string,
    { readOnly = false, expiresAt = null }: TokenOptions = {},
  ): Promise<NewToken> {
    if (!name.trim() || name.length > 100)
      throw new PublicError(
        422,
        'token_name_invalid',
        'A token needs a name.',
        'Use 1 to 100 characters that tell what it is for.',
      );
    const value = `rc_${randomBytes(32).toString('base64url')}`;
    const { manager } = this.dataSource;
    const token = manager.create(ApiToken, {
      teamId,
      name,
      readOnly,
      expiresAt,
      tokenHash: sha256Hex(value),
      createdAt: new Date(),
    });
    const { id } = await manager.save(token);
    return { id, name, value };
  }

  /** Those that were not revoked, newest first. */
  list(teamId: number): Promise<ApiToken[]> {
    const where = { teamId, revokedAt: IsNull() };
    return this.dataSource.manager.find(ApiToken, { where, order: { id: 'DESC' } });
  }

  /** @throws PublicError 404, for another team's as well */
  async get(teamId: number, id: number): Promise<ApiToken> {
    const where = { id, teamId, revokedAt: IsNull() };
    const token = await this.dataSource.manager.findOneBy(ApiToken, where);
    if (token) return token;
    throw new PublicError(
      404,
      'token_not_found',
      'Your team has no such API token.',
      'Choose one of those that are listed; it may be revoked already.',
    );
  }

  /** From now on it is nobody. */
  async revoke({ id }: ApiToken): Promise<void> {
    await this.dataSource.manager.update(ApiToken, { id }, { revokedAt: new Date() });
  }

  /** Null for a value that is unknown, expired or revoked. */
  async authenticate(value: string): Promise<ApiToken | null> {
    const token = await this.dataSource.manager.findOneBy(ApiToken, {
      tokenHash: sha256Hex(value),
    });
    const now = new Date();
    if (!token || token.revokedAt || (token.expiresAt && token.expiresAt <= now)) return null;
    if (now.getTime() - (token.lastUsedAt?.getTime() ?? 0) > NOTED_EVERY)
      await this.dataSource.manager.update(ApiToken, { id: token.id }, { lastUsedAt: now });
    return token;
  }
}
