import { ArgumentsHost, Catch, ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';

/** The page that is open to somebody who must change their password. */
export const NEW_PASSWORD_PATH = '/account/password';

/** Somebody who must change their password first asked for another page. */
export class PasswordChangeRequired extends Error {}

/** Redirects to the page of the password, also where htmx asked for a part of a page. */
@Catch(PasswordChangeRequired)
export class PasswordChangeRequiredFilter implements ExceptionFilter {
  catch(_: PasswordChangeRequired, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    if (request.headers['hx-request'] !== 'true') response.redirect(303, NEW_PASSWORD_PATH);
    else response.status(403).set('HX-Redirect', NEW_PASSWORD_PATH).send();
  }
}
