import { describe, expect, it } from 'vitest';
import { today } from '../support/dates.js';
import { ways } from '../support/service.js';
import { oneLine, stage } from './support/stage.js';

interface Shown {
  login: string;
  status: string;
}

describe.each(ways)('members --as-of, on the way $way', ({ dialect, bull }) => {
  it('prints the directory as it was, in every format', async () => {
    const { rollcall, connect, json, organization, owner, world } = await stage({ dialect, bull });
    await connect();
    const { run } = await json(['sync', 'acme']);
    const before: Shown[] = await json(['members', 'acme']);
    const leaver = organization.members.find((member) => member !== owner);
    if (!leaver) throw new Error('The organization is too small.');
    organization.leave(leaver);
    organization.join(world.addUser({ login: 'newcomer' }));
    expect(await json(['sync', 'acme'])).toMatchObject({ run: { state: 'complete' } });
    const then = ['members', 'acme', '--as-of', run.finishedAt];
    // Since when the leaver had been active is known no more.
    const known = ({ login }: Shown) => login !== leaver.login;
    expect(await json(then)).toEqual(
      before.map((shown) => (known(shown) ? shown : { ...shown, since: null })),
    );
    const csv = await rollcall([...then, '--format', 'csv']);
    const table = await rollcall([...then, '--format', 'table']);
    for (const { code, stdout, stderr } of [csv, table]) {
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout.trimEnd().split('\n')).toHaveLength(1 + before.length);
      for (const { login } of before) expect(stdout).toContain(login);
      expect(stdout).not.toContain('newcomer');
    }
    expect(await json([...then, '--status', 'left'])).toEqual([]);
    const now: Shown[] = await json(['members', 'acme', '--status', 'active,left']);
    const ofToday = ['members', 'acme', '--as-of', today()];
    expect(await json([...ofToday, '--status', 'active,left'])).toEqual(now);
    expect(now.find(({ login }) => login === leaver.login)?.status).toBe('left');
  });
});

describe('members --as-of', () => {
  it.each(['yesterday', '2026-02-30', '2026-13-01', '2026-03-01T12:00:00', ''])(
    'is wrong usage with %j',
    async (date) => {
      const { rollcall } = await stage();
      const { code, stdout, stderr } = await rollcall(['members', 'acme', '--as-of', date]);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(oneLine);
      expect(stderr).toContain('2026-03-01');
    },
  );

  it('refuses the future', async () => {
    const { rollcall } = await stage();
    const { code, stdout, stderr } = await rollcall(['members', 'acme', '--as-of', '2999-12-31']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(oneLine);
    expect(stderr).toContain(`today's date (${today()} in UTC)`);
  });

  it('fails before the oldest change that is kept, and says so', async () => {
    const { rollcall, connect } = await stage();
    await connect();
    await rollcall(['sync', 'acme']);
    const { code, stdout, stderr } = await rollcall([
      'members',
      'acme',
      '--as-of',
      '2020-01-01',
      '--json',
    ]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(oneLine);
    expect(stderr).toContain('History starts ');
  });
});
