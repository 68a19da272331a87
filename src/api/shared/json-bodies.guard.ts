import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { PublicError } from '../../platform/public-error.js';

/**
 * Accepts only JSON bodies. JSON without its type would be read as a form with one long field name, and an error would
 * show this name with the token in it.
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
