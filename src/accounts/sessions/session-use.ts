import { DataSource, In, LessThan } from 'typeorm';
import { inTransaction } from '../../platform/database/transaction.js';
import { User } from '../users/user.entity.js';
import type { FoundSession } from './find-sessions.js';
import { Session } from './session.entity.js';

/** How long a session lives without a request, in ms. */
const SESSION_LIFE_MS = 14 * 24 * 3_600_000;

/** The same for a session in which nobody has signed in yet: strangers can begin any number. */
const STRANGER_LIFE_MS = 3_600_000;

/** A session is extended at most this often, in ms. */
const EXTENDED_EVERY_MS = 24 * 3_600_000;

/** A use is saved at most this often, in ms, so that most page views need no write. */
const USE_SAVED_EVERY_MS = 10 * 60_000;

/** Records when sessions and their users were last seen, and extends the sessions. Never writes their data. */
export class SessionUse {
  constructor(private readonly dataSource: DataSource) {}

  /** Stores a new session, and that its user was seen. */
  async begin(session: Omit<Session, 'lastUsedAt'>): Promise<void> {
    const now = new Date();
    await inTransaction(this.dataSource, async (manager) => {
      await manager.insert(Session, { ...session, lastUsedAt: now });
      if (session.userId !== null)
        await manager.update(User, { id: session.userId }, { lastSeenAt: now });
    });
  }

  async record(found: Map<string, FoundSession>): Promise<void> {
    const { manager } = this.dataSource;
    const extended = new Date(expiry().getTime() - EXTENDED_EVERY_MS);
    const old = keysOf(found, ({ expiresAt, teams }) => teams.length > 0 && expiresAt < extended);
    const due = { idHash: In(old), expiresAt: LessThan(extended) };
    if (old.length > 0) await manager.update(Session, due, { expiresAt: expiry() });
    await this.saveUse(found);
  }

  private async saveUse(found: Map<string, FoundSession>): Promise<void> {
    const now = new Date();
    const saved = now.getTime() - USE_SAVED_EVERY_MS;
    const used = keysOf(found, ({ lastUsedAt }) => (lastUsedAt?.getTime() ?? 0) < saved);
    if (used.length === 0) return;
    const { manager } = this.dataSource;
    await manager.update(Session, { idHash: In(used) }, { lastUsedAt: now });
    const ids = used.flatMap((idHash) => found.get(idHash)?.userId ?? []);
    if (ids.length > 0) await manager.update(User, { id: In(ids) }, { lastSeenAt: now });
  }
}

export const expiry = ({ isSignedIn = true } = {}): Date =>
  new Date(Date.now() + (isSignedIn ? SESSION_LIFE_MS : STRANGER_LIFE_MS));

const keysOf = (
  found: Map<string, FoundSession>,
  matches: (session: FoundSession) => boolean,
): string[] => [...found].filter(([, session]) => matches(session)).map(([idHash]) => idHash);
