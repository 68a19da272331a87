import { ArgumentsHost, Catch, ExceptionFilter, Logger } from '@nestjs/common';
import type { Request, Response } from 'express';
import { PublicError } from '../public-error.js';
import { allowedMethods } from './allowed-methods.js';
import { Problem, problemOf } from './problem.js';

/** Answers with an error: a page, a fragment for htmx, or problem details (RFC 9457) for programs. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    const problem = problemOf(this.refused(error, request, response));
    if (problem.code === 'internal')
      this.logger.error(`${request.method} ${request.path} failed`, error);
    if (response.headersSent) response.destroy();
    else answer(problem, request, response);
  }

  /** Express knows no 405: it finds no route, and says 404. */
  private refused(error: unknown, request: Request, response: Response): unknown {
    if (error instanceof PublicError || problemOf(error).status !== 404) return error;
    const methods = allowedMethods(request);
    if (methods.length === 0) return error;
    response.set('Allow', methods.join(', '));
    return new PublicError(
      405,
      'method_not_allowed',
      `${request.method} is not possible here.`,
      `Use ${methods.join(' or ')}.`,
    );
  }
}

function answer(problem: Problem, request: Request, response: Response): void {
  const { status, code, title, detail, remedy } = problem;
  response.status(status).set('Cache-Control', 'no-store');
  if (/^\/(api|health)(\/|$)/.test(request.path)) {
    if (status === 401) response.set('WWW-Authenticate', 'Bearer');
    response
      .type('application/problem+json')
      .send(JSON.stringify({ type: 'about:blank', title, status, detail, code, remedy }));
  } else if (request.headers['hx-request'] === 'true') {
    response.render('errors/fragment', { layout: false, ...problem });
  } else {
    response.render('errors/error', { ...problem });
  }
}
