import { describe, expect, it } from 'vitest';
import { OrganizationInvitation } from '../../src/members/invitations/organization-invitation.entity.js';
import { ways } from '../support/service.js';
import { startHinted } from './support/hinted.js';

describe.each(ways)('a hint about somebody who joins, $way', (way) => {
  it('tells which invitation was accepted, and asks for none where none is pending', async () => {
    const { simulator, world, organization, manager, first, sync, hint, hintAt, next } =
      await startHinted(3, way);
    const stranger = world.addUser();
    organization.join(stranger);
    simulator.requests.reset();
    await hint(stranger);
    let run = await next(first);
    expect(run.result).toMatchObject({ created: 1 });
    expect(simulator.requests.count(/invitations/)).toBe(0);

    const [ada, eve] = [world.addUser(), world.addUser()];
    const byLogin = organization.invite(ada);
    const byEmail = organization.invite('eve@example.com');
    organization.invite('late@example.com');
    await hintAt({ part: 'invitations' });
    run = await next(run);
    expect(run.result?.parts).toMatchObject({ invitations: { state: 'complete', added: 3 } });
    organization.accept(byLogin);
    organization.accept(byEmail, eve);
    await hint(ada, eve);
    run = await next(run);
    expect(run.changeCounts).toMatchObject({ joined: 2, invitation_accepted: 1 });
    const states = async () =>
      Object.fromEntries(
        (await manager.find(OrganizationInvitation)).map((one) => [
          one.login ?? one.email,
          one.state,
        ]),
      );
    // Nobody can know that eve@example.com was this person.
    const told = {
      [ada.login]: 'accepted',
      'eve@example.com': 'ended',
      'late@example.com': 'pending',
    };
    expect(await states()).toEqual(told);
    await sync();
    expect(await states()).toEqual(told);
  });
});
