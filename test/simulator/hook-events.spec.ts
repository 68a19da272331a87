import { describe, expect, it } from 'vitest';
import type { SimOrganization } from '../../src/simulator/organization.js';
import type { SimTeam } from '../../src/simulator/team.js';
import { AppStage } from './support/app-stage.js';
import { HookReceiver, isSigned, SECRET } from './support/hook-receiver.js';
import { HOOK_OWNER, HookStage } from './support/hook-stage.js';
import { payloadComplaints } from './support/official-rest.js';
import type { Stage } from './support/stage.js';

describe('what changes in an organization', () => {
  it.each([
    ['member-added', ({ stage }: HookStage) => stage.organization.join(stage.outsider)],
    ['member-removed', ({ stage }: HookStage) => stage.organization.leave(stage.member)],
    ['member-invited', ({ stage }: HookStage) => stage.organization.invite(stage.outsider)],
    ['renamed', ({ stage }: HookStage) => stage.organization.rename('acme-2')],
    ['deleted', ({ stage }: HookStage) => stage.world.deleteOrganization(stage.organization)],
  ] as const)('is told as organization-%s', async (action, change) => {
    const hooks = await HookStage.set();
    await hooks.quiet();
    change(hooks);
    await hooks.idle();
    expect(hooks.receiver.names).toEqual([`organization.${action.replace('-', '_')}`]);
    expect(payloadComplaints(`organization-${action}`, hooks.receiver.payload())).toEqual([]);
  });

  it.each([
    ['team-created', ({ teams }) => teams.create('Platform')],
    ['team-edited', ({ teams }, team) => teams.rename(team, 'Platform')],
    ['team-edited', ({ teams }, team) => teams.setPrivacy(team, 'secret')],
    ['team-edited', ({ teams }, team) => teams.move(team, null)],
    ['team-deleted', ({ teams }, team) => teams.delete(team)],
    ['membership-added', ({ teams }, team, { owner }) => teams.add(team, owner)],
    ['membership-removed', ({ teams }, team, { member }) => teams.remove(team, member)],
  ] as [string, (organization: SimOrganization, team: SimTeam, stage: Stage) => void][])(
    'is told of teams as %s',
    async (name, change) => {
      const hooks = await HookStage.set();
      const { organization, member } = hooks.stage;
      const parent = organization.teams.create('Engineering');
      const team = organization.teams.create('API', { parent });
      organization.teams.add(team, member);
      await hooks.quiet();
      change(organization, team, hooks.stage);
      await hooks.idle();
      expect(hooks.receiver.names).toEqual([name.replace('-', '.')]);
      expect(payloadComplaints(name, hooks.receiver.payload())).toEqual([]);
    },
  );

  it('is not told where it is a role, a login, a profile, or a second joining', async () => {
    const hooks = await HookStage.set();
    await hooks.quiet();
    const { organization, member, world } = hooks.stage;
    organization.setRole(member, 'admin');
    organization.join(member, { public: true });
    world.renameUser(member, 'another-login');
    await hooks.idle();
    expect(hooks.receiver.names).toEqual([]);
  });

  it('is signed over the bytes, with the headers of GitHub', async () => {
    const hooks = await HookStage.set();
    await hooks.quiet();
    const user = hooks.stage.world.addUser({ name: 'Zoë Ωμέγα 🦊' });
    hooks.stage.organization.join(user);
    await hooks.idle();
    const [received] = hooks.receiver.received;
    expect(received && isSigned(received)).toBe(true);
    expect(received?.headers).toMatchObject({
      'content-type': 'application/json',
      'user-agent': expect.stringMatching(/^GitHub-Hookshot\//),
      'x-github-event': 'organization',
      'x-github-delivery': expect.stringMatching(/^[\da-f-]{36}$/),
      'x-github-hook-id': String(hooks.hook.id),
    });
  });

  it('comes as a form where the hook wants one', async () => {
    const hooks = await HookStage.set();
    await hooks.make({ content_type: 'form' });
    await hooks.idle();
    const [received] = hooks.receiver.received;
    expect(received && isSigned(received)).toBe(true);
    const payload = new URLSearchParams(received?.body).get('payload');
    expect(payloadComplaints('ping', JSON.parse(payload ?? ''))).toEqual([]);
  });

  it('goes to hooks that subscribed to it, and any event can be told by hand', async () => {
    const hooks = await HookStage.set();
    await hooks.make({}, { events: ['team'] });
    const { organization, outsider, world } = hooks.stage;
    organization.join(outsider);
    world.hooks.emit(organization, 'team', { action: 'created', team: { id: 1, name: 'One' } });
    await hooks.idle();
    expect(hooks.receiver.names.toSorted()).toEqual(['ping', 'team.created']);
  });

  it('is the end of an organization: nobody finds it, and its name is free', async () => {
    const hooks = await HookStage.set();
    const { stage } = hooks;
    stage.world.deleteOrganization(stage.organization);
    for (const path of ['/orgs/acme', '/organizations/9001', '/orgs/acme/members']) {
      expect((await stage.get(path, HOOK_OWNER)).status).toBe(404);
    }
    expect(stage.world.addOrganization({ login: 'acme' }).id).not.toBe(9001);
  });
});

describe('what a GitHub App is told', () => {
  async function told() {
    const [apps, receiver] = [await AppStage.set(), await HookReceiver.start()];
    const { stage, app, installation } = apps;
    stage.world.hooks.setForApp(app, { url: receiver.url, secret: SECRET });
    return { stage, app, installation, receiver, world: stage.world };
  }

  it.each([
    ['suspend', ({ world, installation }) => world.apps.suspend(installation)],
    ['unsuspend', ({ world, installation }) => world.apps.unsuspend(installation)],
    ['deleted', ({ world, installation }) => world.uninstallApp(installation)],
    [
      'new-permissions-accepted',
      ({ world, installation }) => world.apps.acceptPermissions(installation, { members: 'write' }),
    ],
  ] as [string, (of: Awaited<ReturnType<typeof told>>) => void][])(
    'installation-%s',
    async (action, change) => {
      const of = await told();
      change(of);
      await of.stage.simulator.hooks.idle();
      expect(of.receiver.names).toEqual([`installation.${action.replaceAll('-', '_')}`]);
      expect(payloadComplaints(`installation-${action}`, of.receiver.payload())).toEqual([]);
    },
  );

  it('is what happens in its organizations, with its installation, until it is suspended', async () => {
    const { stage, world, receiver, installation } = await told();
    stage.organization.join(stage.outsider);
    await stage.simulator.hooks.idle();
    const payload = receiver.payload<{ installation: { id: number } }>();
    expect(payload.installation.id).toBe(installation.id);
    expect(payloadComplaints('organization-member-added', payload)).toEqual([]);
    world.apps.suspend(installation);
    stage.organization.leave(stage.outsider);
    await stage.simulator.hooks.idle();
    expect(receiver.names).toEqual(['organization.member_added', 'installation.suspend']);
  });

  it('is that somebody revoked their authorization, whose tokens are void', async () => {
    const { stage, world, app, receiver } = await told();
    world.addToken({ token: 'ghu_1', user: stage.member, app, kind: 'app-user' });
    world.revokeAuthorization(app, stage.member);
    await stage.simulator.hooks.idle();
    expect(receiver.names).toEqual(['github_app_authorization.revoked']);
    expect(payloadComplaints('github-app-authorization-revoked', receiver.payload())).toEqual([]);
    expect((await stage.get('/user', 'ghu_1')).status).toBe(401);
  });
});
