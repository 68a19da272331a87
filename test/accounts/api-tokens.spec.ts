import { afterEach, describe, expect, it, vi } from 'vitest';
import { ApiToken } from '../../src/accounts/api-token.entity.js';
import { ApiTokensService } from '../../src/accounts/api-tokens.service.js';
import { TeamsService } from '../../src/accounts/teams.service.js';
import { dialects } from '../support/servers/databases.js';
import { startAccounts } from './support/accounts.js';

afterEach(() => void vi.useRealTimers());

describe.each(dialects)('an API token on %s', (dialect) => {
  async function start() {
    const { app, dataSource } = await startAccounts({ dialect });
    const tokens = app.get(ApiTokensService);
    const team = await app.get(TeamsService).get('default');
    return { tokens, team, manager: dataSource.manager };
  }

  it('stands for its team, and is kept as a hash', async () => {
    const { tokens, team, manager } = await start();
    const { id, name, value } = await tokens.create(team.id, 'nightly export');
    expect([id, name]).toEqual([1, 'nightly export']);
    expect(value).toMatch(/^rc_[\w-]{43}$/);
    expect(JSON.stringify(await manager.find(ApiToken))).not.toContain(value.slice(3));
    expect(await tokens.authenticate(value)).toMatchObject({ id, teamId: team.id, name });
  });

  it('is nobody where it is unknown, expired or revoked', async () => {
    const { tokens, team, manager } = await start();
    const { id, value } = await tokens.create(team.id, 'old');
    for (const unknown of ['', 'rc_', `${value}x`, value.toUpperCase()])
      expect(await tokens.authenticate(unknown)).toBeNull();
    const past = new Date(Date.now() - 1);
    const future = new Date(Date.now() + 60_000);
    await manager.update(ApiToken, { id }, { expiresAt: past });
    expect(await tokens.authenticate(value)).toBeNull();
    await manager.update(ApiToken, { id }, { expiresAt: future });
    expect(await tokens.authenticate(value)).not.toBeNull();
    await manager.update(ApiToken, { id }, { revokedAt: past });
    expect(await tokens.authenticate(value)).toBeNull();
  });

  it('notes its last use, at most once a minute', async () => {
    const { tokens, team, manager } = await start();
    const { id, value } = await tokens.create(team.id, 'busy');
    const lastUse = async () => {
      await tokens.authenticate(value);
      return (await manager.findOneByOrFail(ApiToken, { id })).lastUsedAt?.toISOString();
    };
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-03-01T12:00:00.000Z') });
    expect(await lastUse()).toBe('2026-03-01T12:00:00.000Z');
    vi.setSystemTime(new Date('2026-03-01T12:00:59.000Z'));
    expect(await lastUse()).toBe('2026-03-01T12:00:00.000Z');
    vi.setSystemTime(new Date('2026-03-01T12:01:01.000Z'));
    expect(await lastUse()).toBe('2026-03-01T12:01:01.000Z');
  });

  it.each(['', ' ', 'x'.repeat(101)])('needs a name: %j', async (name) => {
    const { tokens, team } = await start();
    await expect(tokens.create(team.id, name)).rejects.toMatchObject({
      code: 'token_name_invalid',
    });
  });
});
