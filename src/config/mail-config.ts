import querystring from 'node:querystring';
import { z } from 'zod';
import { ConfigError } from './config-error.js';
import { urlOptions } from './url-options.js';
import { url } from './values.js';

/** The server that takes mail, and whom it is from. */
export interface MailConfig {
  host: string;
  port: number;
  /** Whether the connection begins with TLS. Otherwise it changes to TLS where the server offers STARTTLS. */
  isSecure: boolean;
  /** Undefined where the server wants none. */
  auth: { user: string; pass: string } | undefined;
  from: { name: string; address: string };
}

const DEFAULT_PORTS = { 'smtp:': 587, 'smtps:': 465 } as const;

/** An address that headers and SMTP servers take as it is: a plain one in ASCII. */
export const isPlainAddress = (text: string): boolean =>
  /^[!#-'*+\-./0-9=?^-~]+@[a-z0-9.-]+$/i.test(text);

export const mailVariables = {
  SMTP_URL: url('smtp:', 'smtps:').optional(),
  MAIL_FROM: z
    .string()
    .refine((text) => isPlainAddress(senderOf(text).address), {
      message: 'must be an email address, like Rollcall <rollcall@example.com>',
    })
    .optional(),
};

interface Variables {
  SMTP_URL?: string;
  MAIL_FROM?: string;
}

/** Undefined where Rollcall sends no mail. @throws ConfigError */
export function mailConfig({ SMTP_URL, MAIL_FROM }: Variables): MailConfig | undefined {
  if (SMTP_URL === undefined && MAIL_FROM !== undefined)
    throw new ConfigError('SMTP_URL', 'must be set when MAIL_FROM is set; or unset MAIL_FROM');
  if (SMTP_URL === undefined) return undefined;
  if (MAIL_FROM === undefined)
    throw new ConfigError('MAIL_FROM', 'must be set when SMTP_URL is set; or unset SMTP_URL');
  const address = new URL(SMTP_URL);
  refuseParts(address);
  const isSecure = address.protocol === 'smtps:';
  return {
    host: address.hostname.replace(/^\[|\]$/g, ''),
    port: Number(address.port) || DEFAULT_PORTS[isSecure ? 'smtps:' : 'smtp:'],
    isSecure,
    auth: authOf(address),
    from: senderOf(MAIL_FROM),
  };
}

function refuseParts({ hostname, pathname, search, hash }: URL): void {
  urlOptions('SMTP_URL', search.slice(1), []);
  if (!hostname || hash || !/^\/?$/.test(pathname)) throw wrongForm();
}

function authOf({ username, password }: URL): MailConfig['auth'] {
  if (!username && !password) return undefined;
  if (!username || !password) throw wrongForm();
  return { user: querystring.unescape(username), pass: querystring.unescape(password) };
}

/** `NAME <ADDRESS>`, or only the address. */
function senderOf(text: string): MailConfig['from'] {
  const [, name = '', address = text] = /^([^<>"\r\n]*)<([^<>]+)>$/.exec(text.trim()) ?? [];
  return { name: name.trim(), address: address.trim() };
}

const wrongForm = () =>
  new ConfigError(
    'SMTP_URL',
    'must be smtp://user:password@host:port or smtps://…, without a path and a #; write special characters of the password as %XX',
  );
