import { describe, expect, it } from 'vitest';
import { User } from '../../src/accounts/users/user.entity.js';
import type { InvitationLinkResponse } from '../../src/api/users/invitation.response.js';
import type { UserResponse } from '../../src/api/users/user.response.js';
import type { ProblemResponse } from '../../src/platform/web/problem.response.js';
import { makePerson } from '../support/people.js';
import { ways } from '../support/service.js';
import { startServer } from './support/api.js';

interface Users {
  items: UserResponse[];
  nextCursor: string | null;
}

const PATH = '/api/v1/users';
const INVITE = '/api/v1/user-invitations';

describe.each(ways)('the users over the API, $way', (way) => {
  async function start() {
    const env = { PUBLIC_URL: 'http://rollcall.example.com/people' };
    const stage = await startServer({ ...way, env });
    const make = async (
      email: string,
      role: 'admin' | 'member' = 'member',
      teamSlug = 'default',
    ) => {
      await makePerson(stage.app, { email, role, teamSlug });
      return (await stage.dataSource.manager.findOneByOrFail(User, { email })).id;
    };
    return { ...stage, make };
  }

  it('are listed in pages', async () => {
    const { api, make } = await start();
    const id = await make('ada@example.com');
    await make('eve@example.com', 'admin', 'others');
    const first = (await api.get<Users>(`${PATH}?limit=1`)).body;
    expect(first.items).toMatchObject([{ email: 'admin@localhost', role: 'admin', name: null }]);
    const second = (await api.get<Users>(`${PATH}?limit=1&cursor=${first.nextCursor}`)).body;
    expect(second).toEqual({
      items: [
        {
          ...{ id, email: 'ada@example.com', name: null, role: 'member', lastSeenAt: null },
          joinedAt: expect.stringMatching(/^\d{4}-.*Z$/),
        },
      ],
      nextCursor: null,
    });
  });

  it('are invited by a link under PUBLIC_URL', async () => {
    const { api } = await start();
    const body = { email: 'Grace@example.com', role: 'admin' };
    const invited = await api.post<InvitationLinkResponse>(INVITE, body);
    expect(invited.status).toBe(201);
    expect(Object.keys(invited.body)).toEqual(['url', 'expiresAt']);
    expect(invited.body.url).toMatch(
      /^http:\/\/rollcall\.example\.com\/people\/invitations\/[\w-]{43}$/,
    );
    const days = (Date.parse(invited.body.expiresAt) - Date.now()) / 86_400_000;
    expect(days).toBeCloseTo(7, 2);
    const wrong = {
      validation_failed: [{ email: 'a@b.c' }, { email: 'a@b.c', role: 'owner' }, { role: 'admin' }],
      email_invalid: [{ email: 'nobody', role: 'admin' }],
    };
    for (const [code, bodies] of Object.entries(wrong))
      for (const one of bodies)
        expect(await api.post(INVITE, one)).toMatchObject({ status: 422, body: { code } });
    expect(await api.post(INVITE, { email: 'admin@localhost', role: 'member' })).toMatchObject({
      status: 409,
      body: { code: 'user_in_team' },
    });
  });

  it('change their role and are removed, but the last admin is not', async () => {
    const { api, make } = await start();
    const [admin, ada] = [await make('admin@localhost', 'admin'), await make('ada@example.com')];
    const last = { status: 409, body: { code: 'last_admin' } };
    expect(await api.patch(`${PATH}/${admin}`, { role: 'member' })).toMatchObject(last);
    expect(await api.delete(`${PATH}/${admin}`)).toMatchObject(last);
    const changed = await api.patch<UserResponse>(`${PATH}/${ada}`, { role: 'admin' });
    expect(changed).toMatchObject({ status: 200, body: { id: ada, role: 'admin' } });
    const wrong = await api.patch<ProblemResponse>(`${PATH}/${ada}`, { role: 'owner' });
    expect(wrong).toMatchObject({ status: 422, body: { code: 'validation_failed' } });
    // The first administrator manages teams, and is in no other.
    expect(await api.delete(`${PATH}/${admin}`)).toMatchObject({
      status: 409,
      body: { code: 'only_team' },
    });
    expect((await api.delete(`${PATH}/${ada}`)).status).toBe(204);
    expect((await api.delete(`${PATH}/${ada}`)).status).toBe(404);
  });

  it('of another team are not found', async () => {
    const { api, make } = await start();
    const eve = await make('eve@example.com', 'member', 'others');
    const notFound = { status: 404, body: { code: 'user_not_found' } };
    expect(await api.patch(`${PATH}/${eve}`, { role: 'admin' })).toMatchObject(notFound);
    expect(await api.delete(`${PATH}/${eve}`)).toMatchObject(notFound);
  });
});
