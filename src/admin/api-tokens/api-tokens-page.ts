import { Injectable } from '@nestjs/common';
import type { ApiToken, RevocationReason } from '../../accounts/api-tokens/api-token.entity.js';
import { ApiTokensService, type NewToken } from '../../accounts/api-tokens/api-tokens.service.js';
import type { TypedToken } from './api-token-form.js';

const ACCESSES = [
  { value: 'read', words: 'Read only' },
  { value: 'full', words: 'Full: read, sync and change' },
];

const LIVES = [
  { value: '7', words: 'In 7 days' },
  { value: '30', words: 'In 30 days' },
  { value: '90', words: 'In 90 days' },
  { value: '365', words: 'In a year' },
  { value: 'never', words: 'Never' },
];

/** A token that expires within this time is marked "expires soon", in ms. */
const EXPIRES_SOON_MS = 7 * 86_400_000;

const WHY_REVOKED: Record<RevocationReason, string> = {
  by_admin: 'An admin revoked it.',
  maker_demoted: 'Its creator is no longer an admin of the team.',
  maker_removed: 'Its creator is no longer in the team.',
};

interface More {
  notice?: string;
  /** The token that was just created. */
  made?: NewToken;
  typed?: TypedToken;
  faults?: object;
}

/** The data of the page with a team's API tokens. */
@Injectable()
export class ApiTokensPage {
  constructor(private readonly tokens: ApiTokensService) {}

  async view(teamId: number, more: More = {}) {
    const now = Date.now();
    const tokens = await this.tokens.list(teamId);
    return {
      title: 'API tokens',
      accesses: ACCESSES,
      lives: LIVES,
      typed: { access: 'read', days: '90' },
      tokens: tokens.map((token) => ({ ...row(token, now), isNew: token.id === more.made?.id })),
      ...more,
    };
  }
}

function row(token: ApiToken, now: number) {
  const { id, name, readOnly, createdAt, madeBy, lastUsedAt, expiresAt, revokedAt } = token;
  const left = expiresAt ? expiresAt.getTime() - now : Number.POSITIVE_INFINITY;
  return {
    ...{ id, name, readOnly, createdAt, madeBy, lastUsedAt, expiresAt, revokedAt },
    whyRevoked: token.revokedBecause && WHY_REVOKED[token.revokedBecause],
    isExpired: left <= 0 && !revokedAt,
    expiresSoon: left > 0 && left < EXPIRES_SOON_MS && !revokedAt,
  };
}
