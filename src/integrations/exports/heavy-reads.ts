import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import PQueue from 'p-queue';
import { PublicError } from '../../platform/public-error.js';
import { tooManyRequests } from '../../platform/web/too-many-requests.js';

/** Exports and past directories at a time: of one team, and of all teams in one process. */
const MAX_PER_TEAM = 2;
const MAX_PER_PROCESS = 8;

/** How many requests of a team wait in line, and how long each does at most, in ms. */
const MAX_WAITING_PER_TEAM = 8;
const MAX_WAIT_MS = 30_000;

/** How long a client may take nothing of its file before it is cut off, in ms. */
const STALLED_AFTER_MS = 30_000;

/** How long a turn lasts at most, in ms: a client that takes a few bytes now and then must not keep it. */
const MAX_TURN_MS = 10 * 60_000;

/** In seconds. */
const RETRY_AFTER_SECONDS = 5;

/** Lets each team read few exports and past directories at a time, because each costs as much as hundreds of pages. */
@Injectable()
export class HeavyReads {
  private readonly all = new PQueue({ concurrency: MAX_PER_PROCESS });
  private readonly teams = new Map<number, PQueue>();

  /**
   * Waits until it is the request's turn, which lasts until its answer is sent or its client has left, and at most ten
   * minutes: then the answer is cut off.
   * @returns what is aborted when the client leaves
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
      // The queue gives the place away when the signal is aborted.
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

/** Node.js also calls this where we ourselves wrote nothing so long; each later write starts its time anew. */
function destroyUntaken(response: Response): void {
  if (response.writableLength > 0) response.destroy();
}

const tooMany = (response: Response): PublicError =>
  tooManyRequests(response, 'Your team is running too many exports and past directories.', {
    seconds: RETRY_AFTER_SECONDS,
    remedy: (seconds) =>
      `Wait ${seconds} s and try again. Each team can run ${MAX_PER_TEAM} at a time.`,
  });

/** Nobody reads it. */
const clientLeft = (): PublicError =>
  new PublicError(
    499,
    'client_left',
    'The client closed the connection before the answer.',
    'Ask again.',
  );
