import { Injectable, OnModuleDestroy } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Repeated } from '../../platform/process/repeated.js';
import { sha256Hex } from '../../platform/secrets/secrets.js';
import { type FoundSession, findSessions } from './find-sessions.js';
import { SessionStore } from './session-store.js';

/** How often sessions are checked, in seconds. */
const CHECK_EVERY = 20;

interface Held {
  idHash: string;
  teamId: number;
  end: () => void;
}

/**
 * Ends what must not outlive a session, such as the stream of an open page: at once where the session is destroyed by
 * this process, otherwise at the next check, which is one statement for all sessions.
 */
@Injectable()
export class LiveSessions implements OnModuleDestroy {
  private readonly held = new Set<Held>();
  private readonly checks = new Repeated(LiveSessions.name, CHECK_EVERY, () => this.check());

  constructor(
    private readonly dataSource: DataSource,
    store: SessionStore,
  ) {
    store.on('ended', (ended: string) =>
      this.end([...this.held].filter(({ idHash }) => idHash === ended)),
    );
  }

  /**
   * Calls `end` once when the session ends, when its user leaves the team, or when the identity provider must be asked
   * about them. Returns what to call if it is not needed any more.
   */
  hold(sessionId: string, teamId: number, end: () => void): () => void {
    const held = { idHash: sha256Hex(sessionId), teamId, end };
    if (this.held.size === 0) this.checks.start();
    this.held.add(held);
    return () => this.release(held);
  }

  /** Ends what is held by sessions that have ended. */
  async check(): Promise<void> {
    const asked = [...this.held];
    if (asked.length === 0) return;
    const ids = new Set(asked.map(({ idHash }) => idHash));
    const found = await findSessions(this.dataSource, [...ids]);
    this.end(asked.filter(({ idHash, teamId }) => !isAlive(found.get(idHash), teamId)));
  }

  onModuleDestroy(): void {
    this.checks.stop();
  }

  private end(ended: Held[]): void {
    for (const held of ended) {
      this.release(held);
      held.end();
    }
  }

  private release(held: Held): void {
    this.held.delete(held);
    if (this.held.size === 0) this.checks.stop();
  }
}

function isAlive(session: FoundSession | undefined, teamId: number): boolean {
  if (!session) return false;
  const { expiresAt, recheckAt, teams } = session;
  const now = new Date();
  if (expiresAt <= now || (recheckAt && recheckAt <= now)) return false;
  return teams.some((team) => team.teamId === teamId);
}
