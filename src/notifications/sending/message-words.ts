import type { EventType } from '../../integrations/outbox/event-types.js';
import type {
  MessageBody,
  MessageData,
  ToldChange,
  ToldRemoval,
  WhatChanged,
} from '../messages/message-body.js';
import { TEST_TYPE } from '../messages/message-body.js';

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

/** What a message says, in plain text: who shows it escapes it. */
export interface MessageWords {
  organization: string;
  headline: string;
  /** One line for each of the first people. */
  people: string[];
  /** How many more people there are. */
  more: number;
  /** The page that shows all of them. */
  url: string | null;
}

/** @param maxPeople how many people have a line */
export function messageWords({ type, data }: MessageBody, maxPeople: number): MessageWords {
  const all = peopleOf(data);
  const people = all.slice(0, maxPeople);
  return {
    organization: data.integration?.organizationLogin ?? 'Rollcall',
    headline: type === TEST_TYPE ? TEST_WORDS : headline(type, data),
    people,
    more: (('total' in data && data.total) || all.length) - people.length,
    url: data.url,
  };
}

/** `… and 5 more` */
export const moreWords = (more: number): string => `… and ${more.toLocaleString('en')} more`;

const TEST_WORDS = 'Rollcall can send messages to this channel.';

function headline(type: MessageBody['type'], data: MessageData): string {
  const words = WORDS[type];
  const total = ('total' in data && data.total) || 0;
  if (words) return `${total.toLocaleString('en')} ${words[total === 1 ? 0 : 1]}`;
  const error = data.run?.error;
  if (type === 'run.failed' && error) return `the sync failed. ${error.message} ${error.remedy}`;
  return SENTENCES[type] ?? type;
}

/** Of what has no number. */
const SENTENCES: Partial<Record<MessageBody['type'], string>> = {
  'run.recovered': 'the sync works again',
  'credential.expiring': 'the credential expires within a week. Replace it in the settings',
  'webhook.silent': 'the webhook does not tell what syncs find. Check it in the settings',
};

const peopleOf = (data: WhatChanged): string[] =>
  'changes' in data ? data.changes.map(lineOf) : (data.removals ?? []).map(removal);

function lineOf({ login: name, kind, before, after }: ToldChange): string {
  if (kind === 'renamed') return `${before?.login ?? ''} is now ${name}`;
  if (kind === 'role') return `${name}: ${before?.role ?? 'unknown'} → ${after?.role ?? 'unknown'}`;
  const team = after?.githubTeam ?? before?.githubTeam;
  if (kind.startsWith('team_'))
    return team
      ? `${name} ${TEAM_WORDS[kind] ?? kind} ${team}`
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
  githubTeam ? `${login} from ${githubTeam}` : login;
