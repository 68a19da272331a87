import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { DataSource, IsNull, LessThan } from 'typeorm';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import { inTransaction } from '../../platform/database/transaction.js';
import { Secrets, sha256Hex } from '../../platform/secrets/secrets.js';
import { recordForUser } from '../audit/record-for-user.js';
import { Session } from '../sessions/session.entity.js';
import { endSession } from '../sessions/sessions.js';
import { SsoSession } from './sso-session.entity.js';
import { type SsoSessionEnd, SsoSessionEnded } from './sso-session-ends.js';
import { UserIdentity } from './user-identity.entity.js';

/** How long one request alone may use a refresh token, in ms: longer than all its requests to the provider. */
const CLAIM_MS = 30_000;

/** While the provider is away, it is asked once in this time, in ms. */
const RETRY_MS = 60_000;

/** A session outlives a provider that is away for this many times OIDC_RECHECK_MINUTES. */
const AWAY_FACTOR = 4;

/** Keeps for each session of single sign-on when to ask the provider again, and with what. */
@Injectable()
export class SsoSessions {
  constructor(
    private readonly dataSource: DataSource,
    private readonly secrets: Secrets,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  find({ session }: Request): Promise<SsoSession | null> {
    return this.dataSource.manager.findOneBy(SsoSession, { idHash: sha256Hex(session.id) });
  }

  identity({ identityId: id }: SsoSession): Promise<UserIdentity> {
    return this.dataSource.manager.findOneByOrFail(UserIdentity, { id });
  }

  /**
   * For a new session, and for one that was renewed at the provider.
   * @param isDue whether the next request must check it
   */
  async keep(
    { session }: Request,
    { id }: UserIdentity,
    { refreshToken, isDue = false }: { refreshToken?: string; isDue?: boolean },
  ): Promise<void> {
    const idHash = sha256Hex(session.id);
    const row = {
      ...{ idHash, identityId: id, sealedRefreshToken: this.seal(idHash, refreshToken) },
      ...{ failingSince: null, claimedUntil: null },
    };
    await inTransaction(this.dataSource, async (manager) => {
      await manager.save(SsoSession, row);
      const recheckAt = isDue ? new Date() : this.nextCheck();
      await manager.update(Session, { idHash }, { recheckAt });
    });
  }

  /** Whether this request alone may ask the provider, and the check is still due. */
  claim({ idHash }: SsoSession): Promise<boolean> {
    const now = new Date();
    return inTransaction(this.dataSource, async (manager) => {
      const claimedUntil = new Date(now.getTime() + CLAIM_MS);
      const free = [
        { idHash, claimedUntil: IsNull() },
        { idHash, claimedUntil: LessThan(now) },
      ];
      let claimed = 0;
      for (const where of free)
        claimed += (await manager.update(SsoSession, where, { claimedUntil })).affected ?? 0;
      if (claimed === 0) return false;
      const session = await manager.findOneByOrFail(Session, { idHash });
      if (session.recheckAt && session.recheckAt <= now) return true;
      await manager.update(SsoSession, { idHash }, { claimedUntil: null });
      return false;
    });
  }

  /** The refresh token, of one whose claim was just won. */
  async refreshToken({ idHash }: SsoSession): Promise<string> {
    const { sealedRefreshToken } = await this.dataSource.manager.findOneByOrFail(SsoSession, {
      idHash,
    });
    return this.secrets.open(sealedRefreshToken ?? '', refreshTokenContext(idHash));
  }

  /** Saved before anything else may fail: the provider takes the old one no more. */
  async rotate({ idHash }: SsoSession, refreshToken: string): Promise<void> {
    const sealedRefreshToken = this.seal(idHash, refreshToken);
    await this.dataSource.manager.update(SsoSession, { idHash }, { sealedRefreshToken });
  }

  async passed({ idHash }: SsoSession): Promise<void> {
    await this.settle(idHash, null, this.nextCheck());
  }

  /** The provider is away. @throws SsoSessionEnded where it has been for too long */
  async postpone(request: Request, { idHash, failingSince }: SsoSession, next?: string) {
    const now = new Date();
    const since = failingSince ?? now;
    if (now.getTime() - since.getTime() > AWAY_FACTOR * this.recheckMs)
      await this.end(request, 'sso_session_unchecked', next);
    await this.settle(idHash, since, new Date(now.getTime() + RETRY_MS));
  }

  /** @throws SsoSessionEnded always */
  async end(request: Request, reason: SsoSessionEnd, next?: string): Promise<never> {
    const { userId } = request.session;
    await endSession(request);
    if (userId !== undefined)
      await inTransaction(this.dataSource, (manager) =>
        recordForUser(manager, userId, [{ action: 'sign_out', after: { reason } }]),
      );
    throw new SsoSessionEnded(reason, next);
  }

  private async settle(idHash: string, failingSince: Date | null, recheckAt: Date): Promise<void> {
    await inTransaction(this.dataSource, async (manager) => {
      await manager.update(SsoSession, { idHash }, { failingSince, claimedUntil: null });
      await manager.update(Session, { idHash }, { recheckAt });
    });
  }

  private seal(idHash: string, refreshToken: string | undefined): string | null {
    return refreshToken ? this.secrets.seal(refreshToken, refreshTokenContext(idHash)) : null;
  }

  private nextCheck(): Date {
    return new Date(Date.now() + this.recheckMs);
  }

  private get recheckMs(): number {
    return this.config.recheckMinutes * 60_000;
  }
}

export const refreshTokenContext = (idHash: string): string => `refresh-token:${idHash}`;
