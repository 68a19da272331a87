import { ArgumentsHost, Catch, ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';

/** Somebody who is not signed in asked for a page. */
export class SignInRequired extends Error {}

/** Redirects to the sign-in, and afterwards back to the page. */
@Catch(SignInRequired)
export class SignInRequiredFilter implements ExceptionFilter {
  catch(_: SignInRequired, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    if (request.headers['hx-request'] === 'true') {
      // htmx would follow a redirect and insert the sign-in page into the page; this header makes the browser go there.
      response.status(401).set('HX-Redirect', '/sign-in').send();
      return;
    }
    const next = this.next(request);
    response.redirect(302, `/sign-in${next && `?next=${encodeURIComponent(next)}`}`);
  }

  /** Where to go after the sign-in; '' for the start page. */
  protected next({ method, path, originalUrl }: Request): string {
    return method === 'GET' && path !== '/' ? originalUrl : '';
  }
}
