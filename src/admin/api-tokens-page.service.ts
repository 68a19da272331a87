import { Injectable } from '@nestjs/common';
import { ApiTokensService } from '../accounts/api-tokens.service.js';

const ACCESSES = [
  { value: 'read', words: 'Read only' },
  { value: 'full', words: 'Full: read, sync and change' },
];

const LIVES = [
  { value: '30', words: 'In 30 days' },
  { value: '90', words: 'In 90 days' },
  { value: '365', words: 'In a year' },
  { value: 'never', words: 'Never' },
];

/** What the list of a team's API tokens shows. */
@Injectable()
export class ApiTokensPage {
  constructor(private readonly tokens: ApiTokensService) {}

  /** @param more the token that was just made, or what was typed and what is wrong with it */
  async view(teamId: number, more: object = {}) {
    const now = new Date();
    const tokens = await this.tokens.list(teamId);
    return {
      title: 'API tokens',
      accesses: ACCESSES,
      lives: LIVES,
      typed: { access: 'read', days: '90' },
      tokens: tokens.map(({ id, name, readOnly, createdAt, lastUsedAt, expiresAt }) => ({
        ...{ id, name, readOnly, createdAt, lastUsedAt, expiresAt },
        isExpired: expiresAt !== null && expiresAt <= now,
      })),
      ...more,
    };
  }
}
