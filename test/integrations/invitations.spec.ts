import { describe, expect, it } from 'vitest';
import { IntegrationPart } from '../../src/integrations/parts/integration-part.entity.js';
import { RunUndo } from '../../src/integrations/removals/run-undo.js';
import { RunRetention } from '../../src/integrations/runs/run-retention.js';
import { MemberChange } from '../../src/members/changes/member-change.entity.js';
import { OrganizationInvitation } from '../../src/members/invitations/organization-invitation.entity.js';
import { startConnected, syncToEnd } from '../support/runs.js';
import { ways } from '../support/service.js';

const LISTS = /(failed_)?invitations\?/;
const TEAMS = /invitations\/\d+\/teams/;

describe.each(ways)('the invitations of an organization, $way', (way) => {
  async function start() {
    const { service, integration, ...github } = await startConnected(3, way);
    const { manager } = service.dataSource;
    const part = () => manager.findOneByOrFail(IntegrationPart, { part: 'invitations' });
    const sync = () => syncToEnd(service, integration.id);
    const states = async () =>
      Object.fromEntries(
        (await manager.find(OrganizationInvitation)).map(({ login, email, state }) => [
          login ?? email,
          state,
        ]),
      );
    const changes = async () =>
      (await manager.find(MemberChange, { order: { id: 'ASC' } }))
        .filter(({ invitationId }) => invitationId !== null)
        .map(({ kind, login, githubId }) => [kind, login, githubId]);
    return { ...github, service, part, sync, states, changes };
  }

  it('are told as they are sent, accepted, cancelled and failed', async () => {
    const { world, organization, sync, part, states, changes } = await start();
    const [ada, bob] = [world.addUser(), world.addUser()];
    const web = organization.teams.create('Web');
    const byLogin = organization.invite(ada, { teams: [web] });
    const late = organization.invite(bob);
    const byEmail = organization.invite('eve@example.com');
    const other = organization.invite('other@example.com');
    expect((await sync()).result?.parts?.invitations).toEqual({
      ...{ state: 'complete', added: 4, changed: 0, removed: 0, total: 4 },
    });
    const sent = await changes();
    expect(sent).toHaveLength(4);
    expect(sent).toContainEqual(['invited', 'eve@example.com', 0]);

    organization.accept(byLogin);
    organization.invitations.fail(late);
    organization.invitations.cancel(other);
    expect((await sync()).result?.parts?.invitations).toEqual({
      ...{ state: 'complete', added: 0, changed: 1, removed: 2, total: 2 },
    });
    expect((await changes()).slice(4).toSorted()).toEqual([
      ['invitation_accepted', ada.login, ada.id],
      ['invitation_cancelled', 'other@example.com', 0],
      ['invitation_failed', bob.login, 0],
    ]);

    // Nothing tells who accepted it.
    organization.accept(byEmail, world.addUser());
    const { result, changeCounts } = await sync();
    expect(result).toMatchObject({ created: 1, parts: { invitations: { removed: 1, total: 1 } } });
    expect(changeCounts).toMatchObject({ joined: 1, invitation_cancelled: 1 });
    expect(await states()).toEqual({
      [ada.login]: 'accepted',
      [bob.login]: 'failed',
      'eve@example.com': 'ended',
      'other@example.com': 'cancelled',
    });
    const told = await changes();
    await sync();
    expect(await changes()).toEqual(told);
    expect(await part()).toMatchObject({ state: 'complete', changed: 0, total: 1 });
  });

  it('wait again where the run that ended them is undone, and are deleted with old changes', async () => {
    const { service, organization, sync, states } = await start();
    const [one, two, three] = ['one@example.com', 'two@example.com', 'three@example.com'].map(
      (email) => organization.invite(email),
    ) as [never, never, never];
    await sync();
    organization.invitations.cancel(one);
    organization.invitations.fail(two);
    const run = await sync();
    const undo = service.app.get(RunUndo, { strict: false });
    expect(await undo.effect(run)).toMatchObject({ back: 0, gone: 0, invited: 2 });
    const undone = await undo.undo(run, 'ada@example.com');
    expect(undone).toMatchObject({ state: 'complete', changeCounts: { invited: 2 } });
    const pending = (email: string) => [email, 'pending'];
    const emails = ['one@example.com', 'two@example.com', 'three@example.com'];
    expect(await states()).toEqual(Object.fromEntries(emails.map(pending)));
    await expect(undo.undo(run, 'ada@example.com')).rejects.toThrow('Nothing of this run');
    // GitHub decides again.
    await sync();
    organization.invitations.cancel(three);
    await sync();
    const ended = { 'one@example.com': 'cancelled', 'two@example.com': 'failed' };
    expect(await states()).toEqual({ ...ended, 'three@example.com': 'cancelled' });
    const retention = service.app.get(RunRetention, { strict: false });
    await retention.prune(new Date(Date.now() + 1_000 * 86_400_000));
    expect(await states()).toEqual({ 'two@example.com': 'failed' });
  });

  it('are accepted by somebody who joins after the members were read', async () => {
    const { simulator, world, organization, sync, states } = await start();
    const user = world.addUser();
    const invitation = organization.invite(user);
    await sync();
    simulator.faults.on(LISTS).before(() => organization.accept(invitation));
    await sync();
    expect(await states()).toEqual({ [user.login]: 'accepted' });
  });

  it('are asked for the teams of a few, a run after the other', async () => {
    const { simulator, organization, sync, part } = await start();
    const teams = [organization.teams.create('Web')];
    for (let n = 0; n < 35; n++) organization.invite(`n${n}@example.com`, { teams });
    const asked = async () => {
      const before = simulator.requests.count(TEAMS);
      await sync();
      return simulator.requests.count(TEAMS) - before;
    };
    expect(await asked()).toBe(30);
    expect(await part()).toMatchObject({
      ...{ state: 'incomplete', added: 35 },
      needs: expect.stringContaining('The teams of 5 invitations'),
    });
    expect(await asked()).toBe(5);
    expect(await part()).toMatchObject({ state: 'complete', changed: 5, total: 35 });
    expect(await asked()).toBe(0);
    expect(await part()).toMatchObject({ state: 'complete', changed: 0 });
  });

  it('stay as they are known where GitHub does not show them', async () => {
    const { simulator, organization, sync, part, states, changes } = await start();
    const invitations = [organization.invite('eve@example.com')];
    await sync();
    const [known, told, { asOf }] = [await states(), await changes(), await part()];
    organization.invitations.cancel(invitations[0] as never);
    const always = { times: Number.POSITIVE_INFINITY };
    for (const [fault, state] of [
      [() => simulator.faults.on(LISTS, always).status(403), 'not_visible'],
      [() => simulator.faults.on(LISTS, always).status(404), 'not_visible'],
      [
        () =>
          simulator.faults.on(LISTS, always).before(() => {
            organization.invite('new@example.com');
          }),
        'failed',
      ],
    ] as const) {
      const injected = fault();
      expect((await sync()).state).toBe('complete');
      injected.remove();
      expect(await part()).toMatchObject({ state, asOf });
      expect(await states()).toEqual(known);
    }
    expect(await changes()).toEqual(told);
  });
});
