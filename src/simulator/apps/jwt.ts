import { verify } from 'node:crypto';
import { type Answer, problem } from '../answer.js';
import type { Clock } from '../clock.js';
import { jsonObject } from '../exchange.js';
import type { SimApp } from './app.js';
import type { Apps } from './apps.js';

const MOST_AHEAD = 600;
const CLOCKS_APART = 60;

const UNREADABLE = 'A JSON web token could not be decoded';
const EXPIRED =
  "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires";
const TOO_FAR = "'Expiration time' claim ('exp') is too far in the future";
const NOT_ISSUED =
  "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued";

interface Parts {
  readonly header: Record<string, unknown>;
  readonly claims: Record<string, unknown>;
  readonly signed: string;
  readonly signature: Buffer;
}

export function isJwt(credential: string): boolean {
  return /^[\w-]+\.[\w-]+\.[\w-]*$/.test(credential);
}

/** The App whose key signed, or GitHub's refusal. */
export function appOf(credential: string, apps: Apps, clock: Clock): SimApp | { refusal: Answer } {
  const parts = decoded(credential);
  if (parts?.header.alg !== 'RS256') return undecodable();
  const app = apps.issuer(parts.claims.iss);
  if (!app) return { refusal: problem(404, 'Integration not found') };
  if (!isSigned(parts, app)) return undecodable();
  const wrong = wrongTime(parts.claims, clock.nowInSeconds());
  return wrong === undefined ? app : { refusal: problem(401, wrong) };
}

export function undecodable(): { refusal: Answer } {
  return { refusal: problem(401, UNREADABLE) };
}

function isSigned({ signed, signature }: Parts, app: SimApp): boolean {
  return verify('RSA-SHA256', Buffer.from(signed), app.publicKey, signature);
}

function wrongTime({ exp, iat }: Record<string, unknown>, now: number): string | undefined {
  if (typeof exp !== 'number' || exp <= now) return EXPIRED;
  if (exp > now + MOST_AHEAD) return TOO_FAR;
  if (!Number.isInteger(iat) || Number(iat) > now + CLOCKS_APART) return NOT_ISSUED;
  return undefined;
}

function decoded(credential: string): Parts | undefined {
  const [head = '', body = '', signature = ''] = credential.split('.');
  const [header, claims] = [head, body].map((part) =>
    jsonObject(Buffer.from(part, 'base64url').toString()),
  );
  if (!header || !claims) return undefined;
  const signed = `${head}.${body}`;
  return { header, claims, signed, signature: Buffer.from(signature, 'base64url') };
}
