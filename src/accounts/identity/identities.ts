import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { SessionData } from 'express-session';
import { DataSource, In } from 'typeorm';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import { batched, byKey } from '../../platform/database/batched.js';
import { ApiTokensService } from '../api-tokens/api-tokens.service.js';
import type { Identity } from '../identity.js';
import type { SessionTeam } from '../sessions/find-sessions.js';
import { SessionStore } from '../sessions/session-store.js';
import { Team } from '../users/team.entity.js';

/** Finds who makes a request. Nothing is cached between requests, so a revoked right is gone at once. */
@Injectable()
export class Identities {
  private readonly teamsById = batched(async (ids: number[]) =>
    byKey(await this.dataSource.manager.findBy(Team, { id: In(ids) }), ({ id }) => id),
  );

  constructor(
    private readonly dataSource: DataSource,
    private readonly tokens: ApiTokensService,
    private readonly sessions: SessionStore,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Only the API takes bearer tokens, and it takes no sessions. */
  async ofToken(request: Request): Promise<Identity | null> {
    const value = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    const token = value && (await this.tokens.authenticate(value));
    const team = token && (await this.teamsById(token.teamId));
    if (!team) return null;
    const { id, name, readOnly } = token;
    return {
      ...{
        userId: null,
        teamId: team.id,
        teamSlug: team.slug,
        role: 'admin',
        name,
        instanceAdmin: false,
      },
      token: { id, readOnly },
    };
  }

  /** A body may arrive late, so rights are read again: some may have been revoked meanwhile. */
  async ofSession({ session, body }: Request): Promise<Identity | null> {
    if (body === undefined || session?.userId === undefined) return this.whenAsked(session);
    return this.identityIn(session, await this.sessions.placesNow(session));
  }

  /** The identity when the request arrived, without a second read. */
  whenAsked(session: Request['session'] | undefined): Identity | null {
    return session ? this.identityIn(session, this.sessions.placesOf(session)) : null;
  }

  /** For the team chosen in the session if the user still belongs to it, else for their first team. */
  private identityIn({ userId, teamId }: SessionData, places: SessionTeam[]): Identity | null {
    if (userId === undefined) return null;
    const place = places.find((one) => one.teamId === teamId) ?? places[0];
    if (!place) return null;
    const teams = places.map(({ teamSlug }) => teamSlug);
    return {
      ...place,
      userId,
      otherTeams: teams.filter((slug) => slug !== place.teamSlug),
      // Where passwords are off, there is none to change.
      mustChangePassword: place.mustChangePassword && this.config.passwordSignIn,
    };
  }
}
