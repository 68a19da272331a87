import {
  DIGEST_TYPE,
  type DigestBody,
  type MessageBody,
  TEST_TYPE,
} from '../messages/message-body.js';
import { messageWords, moreWords } from './message-words.js';

/** How many people are named; the link leads to all of them. */
const MAX_PEOPLE = 10;

/** The same for each message of a digest. */
const MAX_PEOPLE_IN_DIGEST = 3;

/** Slack cuts a longer text, at 40,000 characters. */
const MAX_LENGTH = 35_000;

/** A message in Slack's mrkdwn. Nothing that comes from GitHub can make a link or mention anybody. */
export function slackText(body: MessageBody | DigestBody): string {
  return body.type === DIGEST_TYPE ? digestText(body) : messageText(body, MAX_PEOPLE);
}

function messageText(body: MessageBody, maxPeople: number): string {
  const { organization, headline, people, more, url } = messageWords(body, maxPeople);
  if (body.type === TEST_TYPE) return headline;
  return [
    `*${escaped(organization)}*: ${escaped(headline)}`,
    ...people.map((line) => `• ${escaped(line)}`),
    ...(more > 0 ? [moreWords(more)] : []),
    ...(url ? [`<${escaped(url)}|Open in Rollcall>`] : []),
  ].join('\n');
}

function digestText({ data: { messages } }: DigestBody): string {
  const texts: string[] = [];
  let length = 0;
  for (const message of messages) {
    const text = messageText(message, MAX_PEOPLE_IN_DIGEST);
    length += text.length;
    if (length > MAX_LENGTH) break;
    texts.push(text);
  }
  const left = messages.length - texts.length;
  return [...texts, ...(left > 0 ? [moreWords(left)] : [])].join('\n\n');
}

/** https://api.slack.com/reference/surfaces/formatting#escaping */
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
