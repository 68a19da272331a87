import { describe, expect, it } from 'vitest';
import type { MemberResponse } from '../../src/api/members/member.response.js';
import type { PersonChangeResponse } from '../../src/api/members/person-change.response.js';
import { MemberChange } from '../../src/members/changes/member-change.entity.js';
import { Member } from '../../src/members/member.entity.js';
import type { ProblemResponse } from '../../src/platform/web/problem.response.js';
import { ways } from '../support/service.js';
import { connected } from './support/api.js';
import { everything } from './support/pages.js';
import { finishedRun } from './support/runs.js';

describe.each(ways)('one person over the API, $way', (way) => {
  it('is shown as in the list, with all changes, newest first, page by page', async () => {
    const { api, id, organization, world, owner, dataSource } = await connected(way);
    await finishedRun(api, id);
    const [person] = organization.members.filter((one) => one.id !== owner.id);
    if (!person) throw new Error('The organization is too small.');
    const former = person.login;
    world.renameUser(person, 'mara-lindqvist');
    organization.setRole(person, 'admin');
    const run = await finishedRun(api, id);
    const { id: memberId } = await dataSource.manager.findOneByOrFail(Member, {
      githubId: person.id,
    });
    const path = `/api/v1/members/${memberId}`;
    await api.patch(path, { disabled: true });
    organization.leave(person);
    await finishedRun(api, id);

    const { body: members } = await api.get<{ items: MemberResponse[] }>(
      `/api/v1/integrations/${id}/members?status=disabled`,
    );
    expect((await api.get(path)).body).toEqual({ ...members.items[0], githubTeams: [] });
    const changes = await everything<PersonChangeResponse>(api, `${path}/changes`, 2);
    expect(changes.map(({ kind }) => kind)).toEqual([
      'left',
      'disabled',
      ...['role', 'renamed'],
      'joined',
    ]);
    expect(changes[1]).toMatchObject({ runId: null, madeBy: 'nightly-report' });
    expect(changes[3]).toMatchObject({
      ...{ runId: run.id, madeBy: null, githubId: person.id, login: 'mara-lindqvist' },
      ...{ before: { login: former }, after: { login: 'mara-lindqvist' } },
    });
    expect(changes.at(-1)).toMatchObject({ before: null, login: former });

    await dataSource.manager.update(MemberChange, { githubId: person.id }, { madeAt: new Date(0) });
    const sameTime = await everything<PersonChangeResponse>(api, `${path}/changes`, 2);
    expect(sameTime.map(({ id }) => id)).toEqual(changes.map(({ id }) => id));
    const wrong = await api.get<ProblemResponse>(`${path}/changes?cursor=WzFd`);
    expect(wrong).toMatchObject({ status: 422, body: { code: 'cursor_invalid' } });
    const token = await api.tokenOf('others');
    for (const address of [path, `${path}/changes`])
      expect(await api.get(address, { token })).toMatchObject({
        ...{ status: 404, body: { code: 'member_not_found' } },
      });
  });
});
