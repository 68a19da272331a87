import type { EventType } from '../../integrations/outbox/event-types.js';
import type {
  MessageBody,
  MessageData,
  ToldChange,
  ToldRemoval,
  WhatChanged,
} from '../messages/message-body.js';
import { TEST_TYPE } from '../messages/message-body.js';

/** How many people are named; the link leads to all of them. */
const MAX_LINES = 10;

/** What a change event is about: one, and many. */
const WORDS: Partial<Record<MessageBody['type'], [string, string]>> = {
  'member.joined': ['member joined', 'members joined'],
  'member.left': ['member left', 'members left'],
  'member.renamed': ['member was renamed', 'members were renamed'],
  'member.role_changed': ['member has another role', 'members have another role'],
  'member.two_factor_disabled': [
    'person switched two-factor authentication off',
    'people switched two-factor authentication off',
  ],
  'collaborator.added': ['outside collaborator was added', 'outside collaborators were added'],
  'collaborator.removed': [
    'outside collaborator was removed',
    'outside collaborators were removed',
  ],
  'invitation.failed': ['invitation failed', 'invitations failed'],
  'team.changed': ['change of GitHub teams', 'changes of GitHub teams'],
  'removals.held': ['removal waits for a decision', 'removals wait for a decision'],
} satisfies Partial<Record<EventType, [string, string]>>;

/** A message in Slack's mrkdwn. Nothing that comes from GitHub can make a link or mention anybody. */
export function slackText({ type, data }: MessageBody): string {
  if (type === TEST_TYPE) return 'Rollcall can send messages to this channel.';
  const organization = `*${escaped(data.integration?.organizationLogin ?? 'Rollcall')}*`;
  const lines = [`${organization}: ${headline(type, data)}`, ...linesOf(data)];
  return data.url
    ? [...lines, `<${escaped(data.url)}|Open in Rollcall>`].join('\n')
    : lines.join('\n');
}

function headline(type: MessageBody['type'], data: MessageData): string {
  const words = WORDS[type];
  const total = ('total' in data && data.total) || 0;
  if (words) return `${total.toLocaleString('en')} ${words[total === 1 ? 0 : 1]}`;
  const error = data.run?.error;
  if (type === 'run.failed' && error)
    return `the sync failed. ${escaped(`${error.message} ${error.remedy}`)}`;
  return SENTENCES[type] ?? escaped(type);
}

/** Of what has no number. */
const SENTENCES: Partial<Record<MessageBody['type'], string>> = {
  'run.recovered': 'the sync works again',
  'credential.expiring': 'the credential expires within a week. Replace it in the settings',
  'webhook.silent': 'the webhook does not tell what syncs find. Check it in the settings',
};

function linesOf(data: WhatChanged): string[] {
  const named = 'changes' in data ? data.changes.map(lineOf) : (data.removals ?? []).map(removal);
  const shown = named.slice(0, MAX_LINES).map((line) => `• ${line}`);
  const rest = (data.total ?? named.length) - shown.length;
  return rest > 0 ? [...shown, `… and ${rest.toLocaleString('en')} more`] : shown;
}

function lineOf({ login, kind, before, after }: ToldChange): string {
  const name = escaped(login);
  if (kind === 'renamed') return `${escaped(before?.login ?? '')} is now ${name}`;
  if (kind === 'role') return `${name}: ${before?.role ?? 'unknown'} → ${after?.role ?? 'unknown'}`;
  const team = after?.githubTeam ?? before?.githubTeam;
  if (kind.startsWith('team_'))
    return team
      ? `${name} ${TEAM_WORDS[kind] ?? kind} ${escaped(team)}`
      : `${name} ${TEAM_WORDS[kind] ?? kind}`;
  return name;
}

const TEAM_WORDS: Partial<Record<ToldChange['kind'], string>> = {
  team_created: 'was created',
  team_renamed: 'was renamed',
  team_moved: 'was moved',
  team_deleted: 'was deleted',
  team_joined: 'joined',
  team_left: 'left',
  team_role: 'has another role in',
};

const removal = ({ login, githubTeam }: ToldRemoval): string =>
  githubTeam ? `${escaped(login)} from ${escaped(githubTeam)}` : escaped(login);

/** https://api.slack.com/reference/surfaces/formatting#escaping */
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
