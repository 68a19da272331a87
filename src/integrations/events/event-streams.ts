import { Injectable, OnModuleDestroy } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Identity } from '../../accounts/identity.js';
import { LiveSessions } from '../../accounts/sessions/live-sessions.js';
import { PublicError } from '../../platform/public-error.js';
import { tooManyRequests } from '../../platform/web/too-many-requests.js';
import { EventStream } from './event-stream.js';
import { IntegrationWatch } from './integration-watch.js';

/** Streams that are open at once: of one user, and in one process. */
const MAX_PER_USER = 20;
const MAX_PER_PROCESS = 5_000;

const COMMENT_EVERY_MS = 20_000;

const RETRY_AFTER_SECONDS = 60;

interface OpenStream {
  userId: Identity['userId'];
  stream: EventStream;
}

/** The streams of open pages. Each ends with its session, its page or this process. */
@Injectable()
export class EventStreams implements OnModuleDestroy {
  private readonly open = new Set<OpenStream>();
  private comments: NodeJS.Timeout | undefined;
  private isClosing = false;

  constructor(
    private readonly watch: IntegrationWatch,
    private readonly sessions: LiveSessions,
  ) {}

  /**
   * Answers with a stream of the integration's events.
   * @throws PublicError 429 above the user's limit, 503 `events_unavailable` above the process's and while it stops
   */
  start(request: Request, response: Response, { userId, teamId }: Identity, id: number): void {
    this.requirePlace(userId, response);
    const stream = new EventStream(response);
    const place = { userId, stream };
    this.open.add(place);
    this.comments ??= setInterval(() => this.comment(), COMMENT_EVERY_MS);
    const ends = [
      this.sessions.hold(request.session.id, teamId, () => stream.end()),
      this.watch.follow(id, {
        seen: request.get('Last-Event-ID'),
        tell: (events, mark) => stream.send(events, mark),
        end: () => stream.end(),
      }),
      () => this.leave(place),
    ];
    response.once('close', () => {
      for (const end of ends) end();
    });
  }

  /** The server closes only after its answers have ended. */
  onModuleDestroy(): void {
    this.isClosing = true;
    clearInterval(this.comments);
    for (const { stream } of this.open) stream.end();
  }

  private requirePlace(userId: Identity['userId'], response: Response): void {
    if (this.isClosing || this.open.size >= MAX_PER_PROCESS) throw unavailable(response);
    const own = [...this.open].filter((one) => one.userId === userId);
    if (own.length >= MAX_PER_USER) throw tooMany(response);
  }

  private comment(): void {
    for (const { stream } of this.open) stream.comment();
  }

  private leave(place: OpenStream): void {
    this.open.delete(place);
    if (this.open.size > 0) return;
    clearInterval(this.comments);
    this.comments = undefined;
  }
}

const tooMany = (response: Response): PublicError =>
  tooManyRequests(response, `You have ${MAX_PER_USER} pages open that follow changes.`, {
    seconds: RETRY_AFTER_SECONDS,
    remedy: () => 'Close some of them. This page asks for changes every half minute.',
  });

function unavailable(response: Response): PublicError {
  response.set('Retry-After', String(RETRY_AFTER_SECONDS));
  return new PublicError(
    503,
    'events_unavailable',
    'The server has too many open pages, or it is stopping.',
    'Do nothing: the page asks for changes every half minute.',
  );
}
