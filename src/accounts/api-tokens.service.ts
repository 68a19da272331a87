import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { PublicError } from '../platform/public-error.js';
import { sha256Hex } from '../platform/secrets/secrets.js';
import { ApiToken } from './api-token.entity.js';

/** The last use is noted at most this often, in ms: it need not cost each request a write. */
const NOTED_EVERY = 60_000;

@Injectable()
export class ApiTokensService {
  constructor(private readonly dataSource: DataSource) {}

  /** The only time that the value is to be had. @throws PublicError `token_name_invalid` */
  async create(teamId: number, name: string): Promise<{ id: number; name: string; value: string }> {
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
      tokenHash: sha256Hex(value),
      createdAt: new Date(),
    });
    const { id } = await manager.save(token);
    return { id, name, value };
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
