import {
  CallHandler,
  ExecutionContext,
  Injectable,
  NestInterceptor,
  StreamableFile,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import { type Observable, tap } from 'rxjs';
import { READS } from '../../platform/web/reads.js';

/**
 * Lets a client cache an answer and revalidate it each time: Express gives every answer an ETag, and answers 304 to the
 * same ETag. A file is sent while it is created, so its ETag is not known before, and it is not cached.
 */
@Injectable()
export class ConditionalGetInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    const http = context.switchToHttp();
    const [request, response] = [http.getRequest<Request>(), http.getResponse<Response>()];
    if (!READS.has(request.method)) return next.handle();
    // `fetch` sends `no-cache` with an If-None-Match (Fetch, "HTTP-network-or-cache fetch"). Express then ignores the
    // condition, but `no-cache` is only for caches, and the condition is still valid (RFC 9110, 13.2.2).
    delete request.headers['cache-control'];
    // Accept-Encoding would be missing from a 304, which has no body to compress.
    response.vary('Authorization').vary('Accept-Encoding');
    return next.handle().pipe(
      tap((body) => {
        if (!(body instanceof StreamableFile)) response.set('Cache-Control', 'private, no-cache');
      }),
    );
  }
}
