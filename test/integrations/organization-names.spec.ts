import { describe, expect, it } from 'vitest';
import { IntegrationsService } from '../../src/integrations/connections/integrations.service.js';
import { Member } from '../../src/members/member.entity.js';
import { MEMBER_PAGES } from '../../src/simulator/faults.js';
import { connect, reload, startConnected, syncToEnd } from '../support/runs.js';
import { ways } from '../support/service.js';

const ALWAYS = { times: Number.POSITIVE_INFINITY };

describe.each(ways)('the name of an organization, $way', (way) => {
  async function start(members: number) {
    const { service, integration, ...github } = await startConnected(members, way);
    await syncToEnd(service, integration.id);
    const active = () => service.dataSource.manager.countBy(Member, { status: 'active' });
    return { ...github, service, integration, active };
  }

  /** Another organization of the same owner, so that nothing but its id tells them apart. */
  function claim({ world, owner }: Awaited<ReturnType<typeof start>>, members: number) {
    const heir = world.addOrganization({ login: 'acme', members });
    heir.join(owner, { role: 'admin' });
    return heir;
  }

  // A list of one page, and one of several.
  it.each([3, 250])('is followed when it changes, of %i people', async (members) => {
    const { service, integration, organization, active } = await start(members);
    organization.rename('acme-renamed');
    expect(await syncToEnd(service, integration.id)).toMatchObject({
      state: 'complete',
      result: { created: 0, deactivated: 0, unchanged: members },
    });
    expect(await reload(service, integration.id)).toMatchObject({
      organizationLogin: 'acme-renamed',
      organizationId: organization.id,
    });
    expect(await active()).toBe(members);
  });

  it.each([3, 250])(
    'leads to nobody else who claims the old one, of %i people',
    async (members) => {
      const started = await start(members);
      const { service, integration, organization } = started;
      organization.rename('acme-renamed');
      claim(started, 8);
      expect(await syncToEnd(service, integration.id)).toMatchObject({
        state: 'complete',
        result: { created: 0, deactivated: 0, total: members },
      });
      expect((await reload(service, integration.id)).organizationLogin).toBe('acme-renamed');
    },
  );

  it.each([3, 250])('is refused when only somebody else has it, of %i people', async (members) => {
    const started = await start(members);
    const { service, integration, organization, simulator, active } = started;
    organization.rename('out-of-sight');
    claim(started, members);
    simulator.faults.on(new RegExp(`GET /organizations/${organization.id}$`), ALWAYS).status(404);
    const run = await syncToEnd(service, integration.id);
    expect(run).toMatchObject({ state: 'error', errorCode: 'organization_replaced', result: null });
    expect(run.errorRemedy).toContain('disconnect this one first');
    expect(await active()).toBe(members);
    expect(await service.dataSource.manager.count(Member)).toBe(members);
    expect((await reload(service, integration.id)).organizationLogin).toBe('acme');
  });

  it.each([
    { members: 3, code: 'listing_incomplete' },
    { members: 250, code: 'organization_replaced' },
  ])(
    'that changes hands while the list is read adds and removes nobody, of $members people',
    async ({ members, code }) => {
      const started = await start(members);
      const { service, integration, organization, simulator, active } = started;
      simulator.faults.on(MEMBER_PAGES).before(() => {
        organization.rename('acme-renamed');
        claim(started, members - 1);
      });
      const run = await syncToEnd(service, integration.id);
      expect(run).toMatchObject({ state: 'error', errorCode: code });
      expect(await active()).toBe(members);
      expect(await service.dataSource.manager.count(Member)).toBe(members);
      const next = await syncToEnd(service, integration.id);
      expect(next).toMatchObject({ state: 'complete', result: { deactivated: 0, total: members } });
    },
  );

  it('may be connected for its new holder once the old one is known elsewhere', async () => {
    const started = await start(3);
    const { service, integration, organization, token } = started;
    organization.rename('acme-renamed');
    const heir = claim(started, 4);
    const second = await connect(service, token);
    expect(second).toMatchObject({ organizationId: heir.id, organizationLogin: 'acme' });
    expect(second.id).not.toBe(integration.id);
    expect((await reload(service, integration.id)).organizationLogin).toBe('acme-renamed');
  });

  it('is not connected for its new holder while the old one is gone', async () => {
    const started = await start(3);
    const { service, organization, simulator, token } = started;
    organization.rename('out-of-sight');
    claim(started, 4);
    simulator.faults.on(new RegExp(`GET /organizations/${organization.id}$`), ALWAYS).status(404);
    await expect(connect(service, token)).rejects.toMatchObject({ code: 'organization_replaced' });
    const integrations = service.app.get(IntegrationsService, { strict: false });
    expect(await integrations.list(1)).toMatchObject([{ organizationId: organization.id }]);
  });
});
