import {
  CallHandler,
  ExecutionContext,
  Injectable,
  NestInterceptor,
  StreamableFile,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import { type Observable, tap } from 'rxjs';
import { READS } from '../../accounts/identity/api-path.js';

/**
 * Lets a client keep what it reads, and ask each time whether that still holds: Express gives every answer an ETag, and 304 to
 * whoever sends the same one. A file goes out while it is made, so nobody knows its ETag before, and it is not kept.
 */
@Injectable()
export class ConditionalGetInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    const http = context.switchToHttp();
    const [request, response] = [http.getRequest<Request>(), http.getResponse<Response>()];
    if (!READS.has(request.method)) return next.handle();
    // `fetch` sends `no-cache` along with an If-None-Match (Fetch, "HTTP-network-or-cache fetch"), which Express takes for a wish
    // to have everything again. It is one to caches on the way, and the condition holds all the same (RFC 9110, 13.2.2).
    delete request.headers['cache-control'];
    // The latter would else be missing from a 304, of which there is nothing to compress.
    response.vary('Authorization').vary('Accept-Encoding');
    return next.handle().pipe(
      tap((body) => {
        if (!(body instanceof StreamableFile)) response.set('Cache-Control', 'private, no-cache');
      }),
    );
  }
}
