import { afterEach, describe, expect, it, vi } from 'vitest';
import { ApiToken } from '../../src/accounts/api-tokens/api-token.entity.js';
import { ApiTokensService } from '../../src/accounts/api-tokens/api-tokens.service.js';
import { TeamsService } from '../../src/accounts/users/teams.service.js';
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

  it('is nobody where it is unknown, and refused where it has expired or was revoked', async () => {
    const { tokens, team, manager } = await start();
    const { id, value } = await tokens.create(team.id, 'old');
    for (const unknown of ['', 'rc_', `${value}x`, value.toUpperCase()])
      expect(await tokens.authenticate(unknown)).toBeNull();
    const past = new Date(Date.now() - 1);
    const future = new Date(Date.now() + 60_000);
    await manager.update(ApiToken, { id }, { expiresAt: past });
    await expect(tokens.authenticate(value)).rejects.toMatchObject({ code: 'token_expired' });
    await manager.update(ApiToken, { id }, { expiresAt: future });
    expect(await tokens.authenticate(value)).not.toBeNull();
    await manager.update(ApiToken, { id }, { revokedAt: past });
    await expect(tokens.authenticate(value)).rejects.toMatchObject({ code: 'token_revoked' });
  });

  it('costs one statement, however many are tried at once, and none that cannot be one', async () => {
    const { tokens, team, manager } = await start();
    const { id, value } = await tokens.create(team.id, 'one of many');
    const statements = vi.spyOn(manager, 'findBy');
    const wrong = Array.from({ length: 60 }, (_, i) => `rc_${`${i}`.padStart(43, '0')}`);
    const found = await Promise.all([...wrong, value].map((one) => tokens.authenticate(one)));
    expect(found.map((token) => token?.id)).toEqual([...wrong.map(() => undefined), id]);
    expect(statements).toHaveBeenCalledTimes(1);
    await Promise.all(
      ['x', `${value}x`, `Rc_${value.slice(3)}`].map((one) => tokens.authenticate(one)),
    );
    expect(statements).toHaveBeenCalledTimes(1);
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

  it.each(['', ' ', 'x'.repeat(101), 'two\nlines', '\u202eevil', 'a\0b'])(
    'needs a name that can be read: %j',
    async (name) => {
      const { tokens, team } = await start();
      await expect(tokens.create(team.id, name)).rejects.toMatchObject({
        code: 'token_name_invalid',
      });
    },
  );

  it('may have the name of another, and any script in it', async () => {
    const { tokens, team } = await start();
    for (const name of ['export', ' export ', '王小明 🦀', 'x'.repeat(100)])
      expect(await tokens.create(team.id, name)).toMatchObject({ name: name.trim() });
    expect(await tokens.list(team.id)).toHaveLength(4);
  });

  it('expires after some days, where it does', async () => {
    const { tokens, team, manager } = await start();
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-03-01T12:00:00.000Z') });
    for (const expiresInDays of [0, -1, 1.5, 3_651, Number.NaN, 1e300])
      await expect(tokens.create(team.id, 'odd', { expiresInDays })).rejects.toMatchObject({
        code: 'token_life_invalid',
      });
    await tokens.create(team.id, 'short', { expiresInDays: 1 });
    await tokens.create(team.id, 'for ever', { expiresInDays: null });
    const rows = await manager.find(ApiToken, { order: { id: 'ASC' } });
    expect(rows.map(({ expiresAt }) => expiresAt?.toISOString())).toEqual([
      '2026-03-02T12:00:00.000Z',
      undefined,
    ]);
  });
});
