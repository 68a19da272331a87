import { type MessageBody, TEST_TYPE } from '../messages/message-body.js';
import { messageWords, moreWords } from './message-words.js';

/** How many people are named; the link leads to all of them. */
const MAX_PEOPLE = 10;

/** A message in Slack's mrkdwn. Nothing that comes from GitHub can make a link or mention anybody. */
export function slackText(body: MessageBody): string {
  const { organization, headline, people, more, url } = messageWords(body, MAX_PEOPLE);
  if (body.type === TEST_TYPE) return headline;
  return [
    `*${escaped(organization)}*: ${escaped(headline)}`,
    ...people.map((line) => `• ${escaped(line)}`),
    ...(more > 0 ? [moreWords(more)] : []),
    ...(url ? [`<${escaped(url)}|Open in Rollcall>`] : []),
  ].join('\n');
}

/** https://api.slack.com/reference/surfaces/formatting#escaping */
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
