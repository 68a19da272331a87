import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, MoreThan, Not } from 'typeorm';
import { inTransaction } from '../../platform/database/transaction.js';
import { PublicError } from '../../platform/public-error.js';
import { sha256Hex } from '../../platform/secrets/secrets.js';
import { recordAudit } from '../audit/record-audit.js';
import { User } from '../users/user.entity.js';
import { Session } from './session.entity.js';

/** Whose session makes the request. */
export interface PresentSession {
  userId: number;
  /** The id of the session, which its cookie holds. */
  sessionId: string;
}

/** Lists and ends the sessions of a user. */
@Injectable()
export class UserSessions {
  constructor(private readonly dataSource: DataSource) {}

  /** Those that have not expired, the last used first. */
  list(userId: number): Promise<Session[]> {
    const where = { userId, expiresAt: MoreThan(new Date()) };
    return this.dataSource.manager.find(Session, { where, order: { lastUsedAt: 'DESC' } });
  }

  /** @throws PublicError `session_not_found`, also for another user's */
  async end(userId: number, idHash: string): Promise<void> {
    await inTransaction(this.dataSource, async (manager) => {
      const { affected } = await manager.delete(Session, { userId, idHash });
      if (affected !== 1) throw sessionNotFound();
      await recordEnd(manager, userId, 1);
    });
  }

  /** Returns how many ended. */
  async endOthers(present: PresentSession): Promise<number> {
    return inTransaction(this.dataSource, async (manager) => {
      const ended = await endOtherSessions(manager, present);
      await recordEnd(manager, present.userId, ended);
      return ended;
    });
  }
}

/** Ends all sessions of the user but the one that makes the request, and returns how many. */
export async function endOtherSessions(
  manager: EntityManager,
  { userId, sessionId }: PresentSession,
): Promise<number> {
  const others = { userId, idHash: Not(sha256Hex(sessionId)) };
  const { affected } = await manager.delete(Session, others);
  return affected ?? 0;
}

async function recordEnd(manager: EntityManager, userId: number, ended: number): Promise<void> {
  const { email } = await manager.findOneByOrFail(User, { id: userId });
  await recordAudit(manager, { action: 'session.end', subject: email, after: { ended } });
}

const sessionNotFound = () =>
  new PublicError(
    404,
    'session_not_found',
    'You do not have this session.',
    'Choose one from the list. It may have ended already.',
  );
