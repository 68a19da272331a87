import { randomUUID } from 'node:crypto';
import type { GithubIntegration } from '../../integrations/connections/github-integration.entity.js';
import type { EventType } from '../../integrations/outbox/event-types.js';
import type { PresentedRun } from '../../integrations/runs/present-run.js';
import type { PresentedChange } from '../../members/changes/change-files.js';

/** A change, as messages tell it. */
export type ToldChange = Omit<PresentedChange, 'id' | 'invitationId'>;

/** A removal that waits for an admin. */
export interface ToldRemoval {
  /** GitHub's id; null for a GitHub team itself. */
  githubId: number | null;
  login: string;
  /** The GitHub team that the removal is from; null for the organization. */
  githubTeam: string | null;
}

/** What changed. */
export type WhatChanged =
  | {
      /** How many changes there are; `changes` has the first 1,000. */
      total: number;
      changes: ToldChange[];
    }
  | { before: object | null; after: object; total?: number; removals?: ToldRemoval[] };

export interface ToldIntegration {
  id: number;
  organizationId: number;
  organizationLogin: string;
  apiUrl: string;
}

export type MessageData = WhatChanged & {
  integration: ToldIntegration | null;
  run: PresentedRun | null;
  /** The page to look at; null where this server does not know its own address. */
  url: string | null;
};

/** The type of a message that somebody asks for to try a channel. */
export const TEST_TYPE = 'channel.test';

export interface MessageBody {
  type: EventType | typeof TEST_TYPE;
  /** When it happened: ISO 8601, UTC, with milliseconds. */
  timestamp: string;
  data: MessageData;
}

/** The type of a message that puts others together. */
export const DIGEST_TYPE = 'channel.digest';

/** What gathered for a channel, in its order. */
export interface DigestBody {
  type: typeof DIGEST_TYPE;
  timestamp: string;
  data: { integration: null; run: null; url: string | null; messages: MessageBody[] };
}

export const toldIntegration = (integration: GithubIntegration): ToldIntegration => ({
  id: integration.id,
  organizationId: integration.organizationId,
  organizationLogin: integration.organizationLogin,
  apiUrl: integration.apiUrl,
});

export const newMessageId = (): string => `msg_${randomUUID().replaceAll('-', '')}`;
