import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import PQueue from 'p-queue';
import { PublicError } from '../../platform/public-error.js';
import { tooManyRequests } from '../../platform/web/too-many-requests.js';

/** Concurrent exports and past directories: for one team, and for all teams in one process. */
const MAX_PER_TEAM = 2;
const MAX_PER_PROCESS = 8;

/** How many requests of a team may wait, and how long each may wait, in ms. */
const MAX_WAITING_PER_TEAM = 8;
const MAX_WAIT_MS = 30_000;

/** How long a client may read nothing before its connection is closed, in ms. */
const STALLED_AFTER_MS = 30_000;

/** How long a turn lasts at most, in ms: a client that reads slowly must not keep it. */
const MAX_TURN_MS = 10 * 60_000;

const RETRY_AFTER_SECONDS = 5;

/** Limits each team's concurrent exports and past directories, because each costs as much as hundreds of pages. */
@Injectable()
export class HeavyReads {
  private readonly all = new PQueue({ concurrency: MAX_PER_PROCESS });
  private readonly teams = new Map<number, PQueue>();

  /**
   * Waits for the request's turn. The turn lasts until the answer is sent or the client disconnects. After ten minutes
   * the answer is cut off.
   * @returns a signal that aborts when the client disconnects
   * @throws PublicError 429, with `Retry-After`
   */
  turn(teamId: number, response: Response): Promise<AbortSignal> {
    const line = this.lineOf(teamId);
    if (line.size >= MAX_WAITING_PER_TEAM) throw tooMany(response);
    const end = new AbortController();
    const { signal } = end;
    const timer = setTimeout(() => end.abort(tooMany(response)), MAX_WAIT_MS);
    response.once('close', () => end.abort(clientLeft()));
    if (response.destroyed) end.abort(clientLeft());
    return new Promise((resolve, reject) => {
      // The queue frees the place when the signal is aborted.
      const hold = () => {
        clearTimeout(timer);
        response.setTimeout(STALLED_AFTER_MS, () => destroyUntaken(response));
        const cutOff = setTimeout(() => response.destroy(), MAX_TURN_MS).unref();
        response.once('close', () => clearTimeout(cutOff));
        resolve(signal);
        return new Promise<never>(() => undefined);
      };
      line
        .add(() => this.all.add(hold, { signal }), { signal })
        .catch(reject)
        .finally(() => clearTimeout(timer));
    });
  }

  private lineOf(teamId: number): PQueue {
    const known = this.teams.get(teamId);
    if (known) return known;
    const line = new PQueue({ concurrency: MAX_PER_TEAM });
    line.on('idle', () => this.teams.delete(teamId));
    this.teams.set(teamId, line);
    return line;
  }
}

/** Node.js also calls this if we wrote nothing for that time; each later write restarts the timer. */
function destroyUntaken(response: Response): void {
  if (response.writableLength > 0) response.destroy();
}

const tooMany = (response: Response): PublicError =>
  tooManyRequests(response, 'Your team is running too many exports and past directories.', {
    seconds: RETRY_AFTER_SECONDS,
    remedy: (seconds) =>
      `Wait ${seconds} s and try again. Each team can run ${MAX_PER_TEAM} at a time.`,
  });

/** Never shown. */
const clientLeft = (): PublicError =>
  new PublicError(
    499,
    'client_left',
    'The client closed the connection before the answer.',
    'Ask again.',
  );
