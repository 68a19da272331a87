import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { PublicError } from '../../platform/public-error.js';
import type { ListFormat } from '../../reviews/people-list/read-people.js';

/** Accepts a list as CSV or as JSON, not compressed. */
@Injectable()
export class ListBodies implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    formatOf(context.switchToHttp().getRequest<Request>());
    return true;
  }
}

/** @throws PublicError 415 */
export function formatOf(request: Request): ListFormat {
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') throw noList();
  if (request.is('text/csv')) return 'csv';
  if (request.is('application/json')) return 'json';
  throw noList();
}

export const noList = () =>
  new PublicError(
    415,
    'unsupported_media_type',
    'The request body is declared neither as CSV nor as JSON.',
    'Send the list with `Content-Type: text/csv` or `Content-Type: application/json`, not compressed.',
  );
