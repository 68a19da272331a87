import { ArgumentsHost, Catch, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { SignInRequired, SignInRequiredFilter } from '../accounts/sessions/sign-in-required.js';
import { fromForm, TypedAnswers } from './typed-answers.js';

/** Keeps the answers of a form sent after the session ended, without the token, and returns here after the sign-in. */
@Injectable()
@Catch(SignInRequired)
export class SessionEndedFilter extends SignInRequiredFilter {
  constructor(private readonly typed: TypedAnswers) {
    super();
  }

  override catch(error: SignInRequired, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const { apiUrl, ...chosen } = fromForm(request.body);
    if (request.method === 'POST')
      this.typed.keep(
        request,
        response,
        request.path === '/onboarding/token' ? { apiUrl } : chosen,
      );
    super.catch(error, host);
  }

  protected override next(request: Request): string {
    // That page says that the token is gone, and begins again.
    return request.method === 'POST' ? '/onboarding/organizations' : super.next(request);
  }
}
