import { createParamDecorator, ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import type { Role } from './users/membership.entity.js';

/** Who makes a request, and for which team. */
export interface Identity {
  /** Null for an API token, which belongs to a team and not to a person. */
  userId: number | null;
  teamId: number;
  teamSlug: string;
  role: Role;
  /** Whether the user manages teams. */
  instanceAdmin: boolean;
  /** Whether every page but that of the password is closed to them. */
  mustChangePassword?: boolean;
  /** The email address, or the API token's name. */
  name: string;
  /** The API token that makes the request, if any. */
  token?: { id: number; readOnly: boolean };
  /** The slugs of the user's other teams, to switch to. */
  otherTeams?: string[];
}

/** What the guards set on a request. */
export type IdentifiedRequest = Request & { identity?: Identity };

/** The identity of the request's sender; there is one on every route that is not public. */
export const CurrentIdentity = createParamDecorator(
  (_: unknown, context: ExecutionContext): Identity | undefined =>
    context.switchToHttp().getRequest<IdentifiedRequest>().identity,
);
