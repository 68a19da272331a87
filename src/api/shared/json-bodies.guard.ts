import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { PublicError } from '../../platform/public-error.js';

/**
 * Takes a body only as JSON. Read as a form, JSON that was sent without its type would be one long field name, which an error
 * would then repeat, token and all.
 */
@Injectable()
export class JsonBodies implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request>();
    const isEmpty = request.headers['content-length'] === '0';
    if (isEmpty || request.is('json') !== false) return true;
    throw notJson();
  }
}

export const notJson = () =>
  new PublicError(
    415,
    'unsupported_media_type',
    'The request body is not declared as JSON.',
    'Send JSON in UTF-8, with the header `Content-Type: application/json`.',
  );
