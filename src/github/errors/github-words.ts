import { printable } from '../../platform/process/printable.js';
import { webAddress } from './web-address.js';

/** Characters of a message that are shown. GitHub's messages have up to about 350. */
const MAX_MESSAGE_LENGTH = 400;

/** Possible secrets: GitHub's tokens, a JWT, and long runs of letters and digits, like older tokens and keys. */
const SECRETS = [
  /\b(gh[a-z]_|github_pat_)\w+/g,
  /\beyJ[\w-]+\.[\w-]+\.[\w-]*/g,
  /\b(?=\w*\d)(?=\w*[a-z])\w{32,}\b/gi,
];

const LINK = /\bhttps?:\/\/[^\s<>"'`]+/gi;

/** GitHub's message, safe to show: one line, of bounded length, without secrets or links to other hosts. */
export function shownMessage(message: string, apiUrl: string): string {
  const safe = SECRETS.reduce((text, secret) => text.replace(secret, '[…]'), message)
    .replace(LINK, (link) => ownLink(link, apiUrl) ?? '[…]')
    .toWellFormed();
  const line = printable(safe).replace(/\s+/g, ' ').trim();
  return line.length > MAX_MESSAGE_LENGTH
    ? `${line.slice(0, MAX_MESSAGE_LENGTH - 1).toWellFormed()}…`
    : line;
}

/** The link, if it leads to GitHub or to the configured server; else undefined. */
export function ownLink(link: string | undefined, apiUrl: string): string | undefined {
  if (!link || !URL.canParse(link)) return undefined;
  const { protocol, host, username, password, href } = new URL(link.replace(/[.,;)]+$/, ''));
  const hosts = ['github.com', 'docs.github.com', new URL(webAddress(apiUrl)).host];
  const isOwn = protocol === 'https:' && !username && !password && hosts.includes(host);
  return isOwn ? href : undefined;
}

/** The first link to GitHub in a message. */
export function linkIn(message: string, apiUrl: string): string | undefined {
  const links = message.match(LINK) ?? [];
  return links.map((link) => ownLink(link, apiUrl)).find(Boolean);
}
