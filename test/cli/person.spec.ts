import { expect, it } from 'vitest';
import { ways } from '../support/service.js';
import { oneLine, stage } from './support/stage.js';

it.each(ways)(
  'prints one person with the GitHub teams, also by a former login, $way',
  async (way) => {
    const { rollcall, connect, json, organization, owner, world } = await stage(way);
    await connect();
    await rollcall(['sync', 'acme']);
    const person = organization.members.find((member) => member !== owner);
    if (!person) throw new Error('The organization is too small.');
    const former = person.login;
    world.renameUser(person, 'mara-lindqvist');
    const platform = organization.teams.create('Platform');
    const api = organization.teams.create('API', { parent: platform });
    organization.teams.add(api, person, 'maintainer');
    await rollcall(['sync', 'acme']);
    const found = await json(['person', 'acme', 'MARA-lindqvist']);
    expect(found.person).toMatchObject({ id: expect.any(Number), githubId: person.id });
    expect(found.changes.map(({ kind }: { kind: string }) => kind)).toEqual(
      expect.arrayContaining(['team_joined', 'renamed', 'joined']),
    );
    const places = found.person.githubTeams;
    expect(places).toEqual([
      {
        githubTeam: expect.objectContaining({ slug: 'platform' }),
        role: 'member',
        inherited: true,
      },
      {
        githubTeam: expect.objectContaining({ slug: 'api', parentId: places[0].githubTeam.id }),
        ...{ role: 'maintainer', inherited: false },
      },
    ]);
    const by = await rollcall(['person', 'acme', former, '--json']);
    expect(JSON.parse(by.stdout)).toEqual(found);
    expect(by.stderr).toMatch(
      `'${former}' is a former login of 'mara-lindqvist'.\nThe identities are `,
    );
    const { code, stdout } = await rollcall(['person', 'acme', 'mara-lindqvist']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^login: mara-lindqvist$/m);
    expect(stdout).toMatch(
      /^platform +Platform +member +inherited\n {2}api +API +maintainer +direct$/m,
    );
    expect(stdout).toMatch(/renamed +run 2 +login: .* +login: mara-lindqvist$/m);
    const nobody = await rollcall(['person', 'acme', 'nobody']);
    expect(nobody).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(oneLine) });
  },
);
