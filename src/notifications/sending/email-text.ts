import type { MessageBody } from '../messages/message-body.js';
import { type MessageWords, messageWords, moreWords } from './message-words.js';

/** How many people are named; the link leads to all of them. */
const MAX_PEOPLE = 50;

export interface EmailText {
  subject: string;
  text: string;
  html: string;
}

/** A message as an email. Nothing that comes from GitHub can be HTML in it. */
export function emailText(body: MessageBody): EmailText {
  const words = messageWords(body, MAX_PEOPLE);
  return {
    subject: `[${words.organization}] ${words.headline}`,
    text: plain(words),
    html: html(words),
  };
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
