import { printable } from '../../platform/process/printable.js';
import { DIGEST_TYPE, type DigestBody, type MessageBody } from '../messages/message-body.js';
import { type MessageWords, messageWords, moreWords } from './message-words.js';

/** How many people are named; the link leads to all of them. */
const MAX_PEOPLE = 50;

export interface EmailText {
  subject: string;
  text: string;
  html: string;
}

/** A message as an email. Nothing that comes from GitHub can be HTML in it. */
export function emailText(body: MessageBody | DigestBody): EmailText {
  const bodies = body.type === DIGEST_TYPE ? body.data.messages : [body];
  const all = bodies.map((one) => messageWords(one, MAX_PEOPLE));
  return {
    subject: subjectOf(all),
    text: all.map(plain).join('\n'),
    html: all.map(html).join('\n'),
  };
}

/** `[acme] 3 members joined, and 4 more messages` */
function subjectOf(all: MessageWords[]): string {
  const organizations = new Set(all.map(({ organization }) => organization));
  const [organization] = organizations.size === 1 ? organizations : ['Rollcall'];
  const more = all.length - 1;
  const rest = more > 0 ? `, and ${more} more ${more === 1 ? 'message' : 'messages'}` : '';
  return printable(`[${organization}] ${all[0]?.headline ?? ''}${rest}`);
}

function plain({ organization, headline, people, more, url }: MessageWords): string {
  const lines = [...people.map((line) => `- ${line}`), ...(more > 0 ? [moreWords(more)] : [])];
  return [
    `${organization}: ${headline}`,
    ...(lines.length > 0 ? ['', ...lines] : []),
    ...(url ? ['', `Open in Rollcall: ${url}`] : []),
    '',
  ].join('\n');
}

function html({ organization, headline, people, more, url }: MessageWords): string {
  const items = people.map((line) => `<li>${escaped(line)}</li>`);
  return [
    `<p><strong>${escaped(organization)}</strong>: ${escaped(headline)}</p>`,
    ...(items.length > 0 ? [`<ul>${items.join('')}</ul>`] : []),
    ...(more > 0 ? [`<p>${escaped(moreWords(more))}</p>`] : []),
    ...(url ? [`<p><a href="${escaped(url)}">Open in Rollcall</a></p>`] : []),
    '',
  ].join('\n');
}

const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
