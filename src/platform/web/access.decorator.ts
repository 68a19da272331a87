import { type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';

/**
 * The least caller who may use a route. Pages take a session: `nobody` is not signed in, a `member` and an `admin` belong
 * to the team, and an `instance admin` manages teams. The API takes a token of the team.
 */
export type Caller =
  | 'nobody'
  | 'member'
  | 'admin'
  | 'instance admin'
  | 'read-only token'
  | 'full token';

const ACCESS = 'access';

/** Every route declares who may use it, on its handler or on its controller. docs/access.md lists all routes. */
export const Access = (least: Caller) => SetMetadata(ACCESS, least);

/** @throws Error for a route that declares nothing: a mistake in the code */
export function accessOf(reflector: Reflector, context: ExecutionContext): Caller {
  const places = [context.getHandler(), context.getClass()];
  const least = reflector.getAllAndOverride<Caller | undefined>(ACCESS, places);
  if (least) return least;
  throw new Error(`${context.getClass().name} has a route without @Access.`);
}

export const isForTokens = (least: Caller): boolean =>
  least === 'read-only token' || least === 'full token';
