import { ArgumentsHost, Catch, ExceptionFilter, Logger } from '@nestjs/common';
import type { Request, Response } from 'express';
import { errorChain } from '../observability/logs/error-chain.js';
import { type Failure, isForClients, UNEXPECTED, webFailureOf } from './failures.js';
import { loggedPath } from './logged-path.js';
import { PROBLEM_TYPE, problemText } from './problem-text.js';

/** Answers all errors: a page to people, problem details (RFC 9457) to clients of the API. */
@Catch()
export class WebExceptionFilter implements ExceptionFilter {
  private readonly logger = new Logger('Web');

  /** @param identify finds who asks, where no guard has run */
  constructor(private readonly identify: (request: Request) => object | null = () => null) {}

  catch(exception: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const failure = webFailureOf(exception, request);
    // Expected 5xx errors are logged too: the operator needs the cause.
    if (!failure || failure.status >= 500) this.log(exception, request);
    // A part of the response was sent already. Cut it off, so that it is not taken for complete.
    if (response.headersSent) response.destroy();
    else this.answer(failure ?? UNEXPECTED, request, response);
  }

  private answer(failure: Failure, request: Request, response: Response): void {
    response.status(failure.status).set('Cache-Control', 'no-store');
    if (failure.allow) response.set('Allow', failure.allow.join(', '));
    if (isForClients(request)) sendProblem(failure, response);
    else if (request.get('HX-Request') === 'true') this.sendFragment(failure, request, response);
    else this.sendPage(failure, request, response);
  }

  private sendPage(failure: Failure, request: Request, response: Response): void {
    response.locals.identity ??= this.identify(request);
    const passes = failure.status >= 500 || failure.status === 429;
    const mayRetry = passes && request.method === 'GET';
    const now = failure.status >= 500 && new Date();
    const locals = { ...failure, title: titleOf(failure.status), mayRetry, now };
    this.render('errors/error', locals, { failure, request, response });
  }

  /** Beside the page, not in it: the element that htmx was to replace stays, and goes on polling. */
  private sendFragment(failure: Failure, request: Request, response: Response): void {
    response.set({ 'HX-Retarget': '#notice', 'HX-Reswap': 'innerHTML' });
    const locals = { ...failure, layout: false };
    this.render('errors/fragment', locals, { failure, request, response });
  }

  private render(view: string, locals: object, { failure, request, response }: Exchange): void {
    response.render(view, locals, (error: Error | null, html?: string) => {
      if (!error) return void response.send(html);
      this.log(error, request);
      response.type('text').send(`${failure.message} ${failure.remedy}`);
    });
  }

  /** Query, headers and body may contain a secret: none is logged. */
  private log(exception: unknown, request: Request): void {
    this.logger.error(`${request.method} ${loggedPath(request)} failed: ${errorChain(exception)}`);
  }
}

interface Exchange {
  failure: Failure;
  request: Request;
  response: Response;
}

function sendProblem(failure: Failure, response: Response): void {
  if (failure.status === 401) response.set('WWW-Authenticate', 'Bearer');
  response.type(PROBLEM_TYPE).send(problemText(failure));
}

const TITLES: Record<number, string> = {
  403: 'Not allowed',
  404: 'Not found',
  405: 'Not supported',
  409: 'Not possible now',
  410: 'No longer valid',
  413: 'Request too large',
  422: 'Invalid input',
  429: 'Too many requests',
  502: 'GitHub is unavailable',
  503: 'Temporarily unavailable',
};

const titleOf = (status: number): string =>
  TITLES[status] ?? (status < 500 ? 'Request failed' : 'Something went wrong');
