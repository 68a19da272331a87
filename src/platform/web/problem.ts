import { HttpException } from '@nestjs/common';
import { PublicError } from '../public-error.js';

/** What an answer says of an error, to people and to programs. */
export interface Problem {
  status: number;
  code: string;
  title: string;
  detail: string;
  remedy: string;
}

const TITLES: Record<number, string> = {
  400: 'Bad request',
  401: 'Sign-in required',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  413: 'Too large',
  415: 'Unsupported media type',
  422: 'Cannot be processed',
  429: 'Too many requests',
  502: 'GitHub failed',
  503: 'Not available now',
};

const CODES: Record<number, [code: string, remedy: string]> = {
  400: ['malformed_body', 'Check that the body is well-formed.'],
  404: ['not_found', 'Check the address.'],
  405: ['method_not_allowed', 'Use one of the methods that the Allow header names.'],
  413: ['too_large', 'Send less at once.'],
  415: ['unsupported_media_type', 'Send application/json.'],
};

/** Errors that are not meant for people become a 500 that tells nothing of them. */
export function problemOf(error: unknown): Problem {
  if (error instanceof PublicError) {
    const { status, code, message, remedy } = error;
    return { status, code, title: titleOf(status), detail: message, remedy };
  }
  const status = statusOf(error);
  const [code, remedy] = CODES[status] ?? [];
  if (!code) return UNEXPECTED;
  return {
    status,
    code,
    title: titleOf(status),
    detail: DETAILS[status] ?? titleOf(status),
    remedy: remedy ?? '',
  };
}

const DETAILS: Record<number, string> = {
  400: 'The request could not be read.',
  404: 'There is nothing at this address.',
  413: 'The request is too large.',
  415: 'The request has a body of a kind that is not taken here.',
};

const UNEXPECTED: Problem = {
  status: 500,
  code: 'internal',
  title: 'Something went wrong',
  detail: 'Rollcall failed to answer. It is not your fault, and nothing was lost.',
  remedy: "Try again in a moment. If it stays, the operator finds the reason in the server's log.",
};

const titleOf = (status: number): string => TITLES[status] ?? 'Something went wrong';

/** Nest's exceptions and those of Express's body parsers tell their status. */
function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  const { status } = (error ?? {}) as { status?: unknown };
  return typeof status === 'number' ? status : 500;
}
