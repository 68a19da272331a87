import { Injectable, Logger } from '@nestjs/common';
import type { Request } from 'express';
import type { Session as LiveSession, SessionData } from 'express-session';
import { Store } from 'express-session';
import { DataSource, LessThan } from 'typeorm';
import { batched } from '../../platform/database/batched.js';
import { sha256Hex } from '../../platform/secrets/secrets.js';
import { type FoundSession, findSessions, type SessionTeam } from './find-sessions.js';
import { Session } from './session.entity.js';
import { expiry, SessionUse } from './session-use.js';

declare module 'express-session' {
  interface SessionData {
    userId?: number;
    /** The team that the user chose, if they have several. */
    teamId?: number;
    /** What the user signed in with. */
    device?: string;
  }
}

/** Expired sessions are removed at most this often, in ms. */
const CLEAN_EVERY_MS = 3_600_000;

type Done<T = void> = (error?: unknown, result?: T) => void;

/**
 * Stores express-session's sessions in the database, for all web processes. Emits `ended` with the hash of the id of a
 * session that this process has destroyed.
 */
@Injectable()
export class SessionStore extends Store {
  private cleanedAt = 0;

  private readonly logger = new Logger('Sessions');

  /** Only sessions that have not expired. */
  private readonly byHash = batched(async (idHashes: string[]) => {
    const found = await findSessions(this.dataSource, idHashes);
    for (const [idHash, { expiresAt }] of found) if (expiresAt <= new Date()) found.delete(idHash);
    await this.use.record(found).catch((error: unknown) => {
      this.logger.warn(`Sessions could not be extended and will end earlier: ${error}`);
    });
    return found;
  });

  /** The row that was read for each session that has or had one. */
  private readonly found = new WeakMap<SessionData, FoundSession>();

  private readonly use: SessionUse;

  constructor(private readonly dataSource: DataSource) {
    super();
    this.use = new SessionUse(dataSource);
  }

  /** The teams of the session's user when the session was read, the oldest membership first. */
  placesOf(session: SessionData): SessionTeam[] {
    return this.found.get(session)?.teams ?? [];
  }

  /** Whether the identity provider must be asked about the session's user before it is used. */
  isRecheckDue(session: SessionData): boolean {
    const recheckAt = this.found.get(session)?.recheckAt;
    return recheckAt != null && recheckAt <= new Date();
  }

  /** The same as of now; empty where the session has ended. */
  async placesNow({ id }: LiveSession): Promise<SessionTeam[]> {
    return (await this.byHash(sha256Hex(id)))?.teams ?? [];
  }

  override createSession(request: Request, data: SessionData): LiveSession & SessionData {
    const session = super.createSession(request, data);
    const found = this.found.get(data);
    if (found) this.found.set(session, found);
    return session;
  }

  override get(id: string, done: Done<SessionData | null>): void {
    answer(this.find(id), done);
  }

  override set(id: string, session: SessionData, done: Done = () => undefined): void {
    answer(this.save(id, session), done);
  }

  override destroy(id: string, done: Done = () => undefined): void {
    answer(this.remove(id), done);
  }

  private async find(id: string): Promise<SessionData | null> {
    const found = await this.byHash(sha256Hex(id));
    if (!found) return null;
    const session = JSON.parse(found.data) as SessionData;
    this.found.set(session, found);
    return session;
  }

  /** Never restores a session that ended during one of its requests. */
  private async save(id: string, session: SessionData): Promise<void> {
    const idHash = sha256Hex(id);
    const { manager } = this.dataSource;
    const row = {
      userId: session.userId ?? null,
      data: JSON.stringify(session),
      expiresAt: expiry({ isSignedIn: session.userId !== undefined }),
    };
    const found = this.found.get(session);
    if (found) await manager.update(Session, { idHash }, row);
    else await this.use.begin({ idHash, ...row, device: session.device ?? null, recheckAt: null });
    const fresh = { recheckAt: null, lastUsedAt: new Date(), teams: [] };
    this.found.set(session, { ...fresh, ...found, ...row });
    await this.clean();
  }

  private async remove(id: string): Promise<void> {
    const idHash = sha256Hex(id);
    await this.dataSource.manager.delete(Session, { idHash });
    this.emit('ended', idHash);
  }

  private async clean(): Promise<void> {
    if (Date.now() - this.cleanedAt < CLEAN_EVERY_MS) return;
    this.cleanedAt = Date.now();
    await this.dataSource.manager.delete(Session, { expiresAt: LessThan(new Date()) });
  }
}

function answer<T>(promise: Promise<T>, done: Done<T>): void {
  promise.then(
    (result) => done(null, result),
    (error) => done(error),
  );
}
