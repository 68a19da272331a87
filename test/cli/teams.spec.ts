import { expect, it } from 'vitest';
import { ways } from '../support/service.js';
import { stage } from './support/stage.js';

it.each(ways)(
  'prints the GitHub teams as a tree, and what of them is not known, $way',
  async (way) => {
    const { rollcall, connect, json, organization, owner } = await stage(way);
    await connect();
    const never = await rollcall(['teams', 'acme']);
    expect(never).toMatchObject({ code: 0, stderr: expect.stringContaining('never read') });
    const platform = organization.teams.create('Platform');
    const api = organization.teams.create('API', { parent: platform });
    organization.teams.add(api, owner);
    await rollcall(['sync', 'acme']);
    expect(await json(['teams', 'acme'])).toEqual([
      expect.objectContaining({ slug: 'api', members: 1, membersWithChildTeams: 1 }),
      expect.objectContaining({ slug: 'platform', members: 0, membersWithChildTeams: 1 }),
    ]);
    const then = new Date().toISOString();
    const inTeam = async (...more: string[]) =>
      (await json(['members', 'acme', '--github-team', ...more])).map(
        ({ login }: { login: string }) => login,
      );
    expect(await inTeam('API')).toEqual([owner.login]);
    expect(await inTeam('platform')).toEqual([]);
    expect(await inTeam('platform', '--include-child-teams')).toEqual([owner.login]);
    const alone = await rollcall(['members', 'acme', '--include-child-teams']);
    expect(alone).toMatchObject({ code: 2, stderr: expect.stringContaining('--github-team') });
    const unknown = await rollcall(['members', 'acme', '--github-team', 'web']);
    expect(unknown).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('rollcall teams acme'),
    });
    const { code, stdout, stderr } = await rollcall(['teams', 'acme']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^platform +Platform +closed +0 +1\n {2}api +API +closed +1 +1$/m);
    organization.teams.rename(api, 'Interfaces');
    organization.teams.remove(api, owner);
    await rollcall(['sync', 'acme']);
    for (const slug of ['api', 'interfaces'])
      expect(await inTeam(slug, '--as-of', then)).toEqual([owner.login]);
    expect(await inTeam('interfaces')).toEqual([]);
  },
);
