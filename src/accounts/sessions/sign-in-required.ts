import { ArgumentsHost, Catch, ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';

/** Somebody who is not signed in asked for a page. */
export class SignInRequired extends Error {
  /**
   * @param page where to go instead
   * @param reason the code of the error that the page shows
   * @param next where to go after the sign-in, if not to the page that was asked for
   */
  constructor(
    readonly page = '/sign-in',
    readonly reason?: string,
    readonly next?: string,
  ) {
    super();
  }
}

/** Redirects to the sign-in, and afterwards back to the page. */
@Catch(SignInRequired)
export class SignInRequiredFilter implements ExceptionFilter {
  catch({ page, reason, next: wanted }: SignInRequired, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const address = reason ? `${page}?ended=${reason}` : page;
    if (request.headers['hx-request'] === 'true') {
      // htmx would follow a redirect and insert the sign-in page into the page; this header makes the browser go there.
      response.status(401).set('HX-Redirect', address).send();
      return;
    }
    const next = wanted ?? this.next(request);
    const then = next && `${reason ? '&' : '?'}next=${encodeURIComponent(next)}`;
    response.redirect(302, `${address}${then}`);
  }

  /** Where to go after the sign-in; '' for the start page. */
  protected next({ method, path, originalUrl }: Request): string {
    return method === 'GET' && path !== '/' ? originalUrl : '';
  }
}
