import { ArgumentsHost, Catch, ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';

/** Somebody who is not signed in asked for a page. */
export class SignInRequired extends Error {}

/** Sends them to sign in, and afterwards back to where they wanted to go. */
@Catch(SignInRequired)
export class SignInRequiredFilter implements ExceptionFilter {
  catch(_: SignInRequired, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    if (request.headers['hx-request'] === 'true') {
      // htmx follows a redirect by itself and would put the sign-in page into the page; this header moves the browser.
      response.status(401).set('HX-Redirect', '/sign-in').send();
      return;
    }
    const next = this.next(request);
    response.redirect(302, `/sign-in${next && `?next=${encodeURIComponent(next)}`}`);
  }

  /** Where the sign-in leads; '' for the start. */
  protected next({ method, path, originalUrl }: Request): string {
    return method === 'GET' && path !== '/' ? originalUrl : '';
  }
}
