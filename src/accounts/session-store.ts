import type { Request } from 'express';
import type { Session as LiveSession, SessionData } from 'express-session';
import { Store } from 'express-session';
import { DataSource, In, LessThan } from 'typeorm';
import { batched, byKey } from '../platform/database/batched.js';
import { sha256Hex } from '../platform/secrets/secrets.js';
import { Session } from './session.entity.js';

declare module 'express-session' {
  interface SessionData {
    userId?: number;
    /** The team that the user chose, of several. */
    teamId?: number;
  }
}

/** How long a session lives without a request, in ms. */
export const SESSION_LIFE = 14 * 24 * 3_600_000;

/** Expired sessions are removed at most this often, in ms. */
const CLEANED_EVERY = 3_600_000;

type Done<T = void> = (error?: unknown, result?: T) => void;

/** Keeps express-session's sessions in the database, where every web process finds them. */
export class SessionStore extends Store {
  private cleanedAt = 0;

  private readonly byHash = batched(async (idHashes: string[]) => {
    const found = await this.dataSource.manager.findBy(Session, { idHash: In(idHashes) });
    return byKey(found, ({ idHash }) => idHash);
  });

  /** Those that need not be extended yet, as they were found. */
  private readonly fresh = new WeakSet<SessionData>();

  /** Those that have a row, or had one. */
  private readonly stored = new WeakSet<SessionData>();

  constructor(private readonly dataSource: DataSource) {
    super();
  }

  override createSession(request: Request, data: SessionData): LiveSession & SessionData {
    const session = super.createSession(request, data);
    this.stored.add(session);
    if (this.fresh.has(data)) this.fresh.add(session);
    return session;
  }

  override get(id: string, done: Done<SessionData | null>): void {
    answer(this.find(id), done);
  }

  override set(id: string, session: SessionData, done: Done = () => undefined): void {
    answer(this.save(id, session), done);
  }

  override touch(id: string, session: SessionData, done: Done = () => undefined): void {
    answer(this.extend(id, session), done);
  }

  override destroy(id: string, done: Done = () => undefined): void {
    answer(this.remove(id), done);
  }

  private async find(id: string): Promise<SessionData | null> {
    const found = await this.byHash(sha256Hex(id));
    if (!found || found.expiresAt <= new Date()) return null;
    const session = JSON.parse(found.data) as SessionData;
    if (found.expiresAt >= aDayLess()) this.fresh.add(session);
    return session;
  }

  /** Never brings back a session that was ended while a request of it was still being answered. */
  private async save(id: string, session: SessionData): Promise<void> {
    const idHash = sha256Hex(id);
    const { manager } = this.dataSource;
    const row = {
      userId: session.userId ?? null,
      data: JSON.stringify(session),
      expiresAt: expiry(),
    };
    if (this.stored.has(session)) await manager.update(Session, { idHash }, row);
    else await manager.insert(Session, { idHash, ...row });
    this.stored.add(session);
    await this.clean();
  }

  /** Once a day is enough: not every look at a page need be a write. */
  private async extend(id: string, session: SessionData): Promise<void> {
    if (this.fresh.has(session)) return;
    await this.dataSource.manager.update(
      Session,
      { idHash: sha256Hex(id), expiresAt: LessThan(aDayLess()) },
      { data: JSON.stringify(session), expiresAt: expiry() },
    );
  }

  private async remove(id: string): Promise<void> {
    await this.dataSource.manager.delete(Session, { idHash: sha256Hex(id) });
  }

  private async clean(): Promise<void> {
    if (Date.now() - this.cleanedAt < CLEANED_EVERY) return;
    this.cleanedAt = Date.now();
    await this.dataSource.manager.delete(Session, { expiresAt: LessThan(new Date()) });
  }
}

const expiry = (): Date => new Date(Date.now() + SESSION_LIFE);

const aDayLess = (): Date => new Date(expiry().getTime() - 24 * 3_600_000);

function answer<T>(promise: Promise<T>, done: Done<T>): void {
  promise.then(
    (result) => done(null, result),
    (error) => done(error),
  );
}
