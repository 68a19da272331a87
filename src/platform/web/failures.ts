import { HttpException, HttpStatus, NotFoundException } from '@nestjs/common';
import type { Request } from 'express';
import { databaseUnavailable } from '../database/database-unavailable.js';
import { isConnectionLost, isDiskFull } from '../database/dialect.js';
import { diskFull } from '../database/disk-full.js';
import { PublicError } from '../public-error.js';
import { allowedMethods } from './allowed-methods.js';

/** An error as a client sees it. */
export interface Failure {
  status: number;
  /** Stable: clients rely on it. */
  code: string;
  message: string;
  remedy: string;
  /** The methods of the path, where the request's method is not among them. */
  allow?: string[];
}

type Words = Omit<Failure, 'status'>;

const AS_A_RULE: Words = {
  code: 'bad_request',
  message: 'The request cannot be answered.',
  remedy: 'Check the address and what you sent.',
};

const BY_STATUS: Record<number, Words> = {
  400: {
    code: 'malformed_request',
    message: 'Rollcall cannot read the request.',
    remedy: 'Check the address and what you sent.',
  },
  401: {
    code: 'unauthorized',
    message: 'You are not signed in.',
    remedy: 'Sign in and try again.',
  },
  403: {
    code: 'forbidden',
    message: 'You do not have permission to do this.',
    remedy: 'Ask an admin of your team.',
  },
  404: {
    code: 'not_found',
    message: 'This page does not exist.',
    remedy: 'Check the address, or go to the list of integrations.',
  },
  413: {
    code: 'body_too_large',
    message: 'The request is too large.',
    remedy: 'Go back and send at most 100 kB.',
  },
  415: {
    code: 'unsupported_media_type',
    message: 'The content type of the request is not supported.',
    remedy: 'Send JSON in UTF-8 (`Content-Type: application/json`), or a form.',
  },
  429: {
    code: 'too_many_requests',
    message: 'Too many requests in a short time.',
    remedy: 'Wait a few minutes and try again.',
  },
};

const MALFORMED_BODY: Words = {
  code: 'malformed_body',
  message: 'The body is not valid JSON.',
  remedy: 'Send one valid JSON document.',
};

/** An example for the API's documentation. */
export const malformedBody = () =>
  new PublicError(400, MALFORMED_BODY.code, MALFORMED_BODY.message, MALFORMED_BODY.remedy);

/** The parser reports a JSON value that is not an object or array like invalid JSON. */
const NO_OBJECT: Words = {
  code: 'malformed_body',
  message: 'The body is valid JSON, but it is not an object.',
  remedy: 'Send one JSON object, such as `{"name": "value"}`.',
};

/** The response to an unexpected error. */
export const UNEXPECTED: Failure = {
  status: HttpStatus.INTERNAL_SERVER_ERROR,
  code: 'internal',
  message: 'An internal error occurred.',
  remedy: 'Try again in a moment. If it fails again, ask the operator to check the log.',
};

/** The response to an exception; undefined for an unexpected one. */
export function webFailureOf(exception: unknown, request: Request): Failure | undefined {
  const otherMethods = isNoPath(exception) ? methodsInstead(request) : [];
  if (otherMethods.length > 0) return methodNotAllowed(request, otherMethods);
  if (exception instanceof PublicError) return tellOf(exception);
  if (isConnectionLost(exception)) return tellOf(databaseUnavailable(exception));
  if (isDiskFull(exception)) return tellOf(diskFull(exception));
  if (!(exception instanceof HttpException) || exception.getStatus() >= 500) return undefined;
  return { status: exception.getStatus(), ...wordsFor(exception) };
}

/** No route has the path, or one of its parts is not an id. */
const isNoPath = (exception: unknown): boolean =>
  exception instanceof NotFoundException ||
  (exception instanceof PublicError && exception.code === 'not_found');

const tellOf = ({ status, code, message, remedy }: PublicError): Failure => ({
  ...{ status, code, message, remedy },
});

function wordsFor(exception: HttpException): Words {
  const { cause } = exception;
  if (isParseError(cause)) return isJson(cause.body) ? NO_OBJECT : MALFORMED_BODY;
  return BY_STATUS[exception.getStatus()] ?? AS_A_RULE;
}

/** What the body parser throws; `body` is the text that was sent. */
const isParseError = (cause: unknown): cause is Error & { body?: unknown } =>
  cause instanceof Error && 'type' in cause && cause.type === 'entity.parse.failed';

function isJson(text: unknown): boolean {
  try {
    JSON.parse(String(text));
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

function methodsInstead(request: Request): string[] {
  const allowed = allowedMethods(request);
  return allowed.includes(request.method) ? [] : allowed;
}

function methodNotAllowed(request: Request, allow: string[]): Failure {
  const { method } = request;
  const isReader = method === 'GET' && !isForClients(request);
  const words = isReader
    ? FOR_FORMS
    : { message: `This address does not support ${method}.`, remedy: `Use ${allow.join(' or ')}.` };
  return { status: HttpStatus.METHOD_NOT_ALLOWED, code: 'method_not_allowed', ...words, allow };
}

/** Shown after a reload or from a bookmark of a form's result. */
const FOR_FORMS = {
  message: 'This address cannot be opened directly. It only accepts a form.',
  remedy: 'Go back to the previous page and use the button there.',
};

/** Whether the sender is a program, which gets problem details. */
export const isForClients = ({ path }: Request): boolean =>
  /^\/(api|health|metrics|webhooks)(\/|$)/i.test(path);
