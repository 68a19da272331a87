import { Logger } from '@nestjs/common';
import type { Request, RequestHandler, Response } from 'express';
import { requestIdOf } from '../observability/logs/request-id.js';
import { type Operation, observed } from '../observability/observers.js';
import { withFacts } from '../observability/work-facts.js';
import { isWebhook } from './is-webhook.js';
import { loggedPath } from './logged-path.js';

const logger = new Logger('Http');

/** Supervisors and Prometheus ask every few seconds. */
const ROUTINE = /^\/(health|metrics)(\/|$)/;

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Emitted by an answer that stays open. */
const LEFT_OPEN = 'left-open';

/**
 * Logs and measures the request now: its answer stays open as long as a page does, and would look like a slow one.
 * Call it when the headers are sent.
 */
export function leaveOpen(response: Response): void {
  response.locals.isLeftOpen = true;
  response.emit(LEFT_OPEN);
}

/**
 * Gives each request an id, which goes on every line of the log and into the answer, and logs one line when it ends.
 * The first middleware: also what others refuse is logged.
 */
export const requestLog: RequestHandler = (request, response, next) => {
  const requestId = requestIdOf(request.get('X-Request-Id'));
  response.set('X-Request-Id', requestId);
  void withFacts({ requestId }, () => {
    const start = performance.now();
    const operation: Operation = {
      kind: 'http',
      name: request.method,
      labels: {},
      parent: request.get('traceparent'),
      details: { requestId },
    };
    return observed(operation, async () => {
      await ended(response, next);
      describe(operation, request, response);
      log(request, response, start);
    });
  });
};

/** The listener keeps the facts: it is called in the context in which the answer is sent. */
const ended = (response: Response, next: () => void): Promise<void> =>
  new Promise((resolve) => {
    response.once('close', resolve).once(LEFT_OPEN, resolve);
    next();
  });

function describe(operation: Operation, request: Request, response: Response): void {
  const method = METHODS.has(request.method) ? request.method : 'other';
  const route = routeOf(request);
  operation.name = `${method} ${route}`;
  operation.labels = { method, route, status: statusOf(response) };
}

/** The pattern, never the path: there are as many paths as people. */
function routeOf({ route, path }: Request): string {
  const pattern: unknown = route?.path;
  if (typeof pattern === 'string' && !pattern.includes('*')) return pattern;
  return /^\/docs(\/|$)/.test(path) ? '/docs' : 'none';
}

/** 499, as nginx has it, where the client went away before the answer was complete. */
const statusOf = ({ statusCode, writableFinished, locals }: Response): number =>
  writableFinished || locals.isLeftOpen ? statusCode : 499;

function log(request: Request, response: Response, start: number): void {
  const { method } = request;
  const [path, status] = [loggedPath(request), statusOf(response)];
  const ms = Math.round((performance.now() - start) * 10) / 10;
  const facts = { method, route: routeOf(request), path, status, ms };
  logger[isRoutine(path) ? 'debug' : 'log'](`${method} ${path} ${status}`, facts);
}

/** A flood of deliveries must not fill the disk. They are counted, and RefusalLog tells of those that are refused. */
const isRoutine = (path: string): boolean => ROUTINE.test(path) || isWebhook(path);
