import { expect, it, onTestFinished } from 'vitest';
import { Member } from '../../../src/members/member.entity.js';
import { demoWorld } from '../../../src/simulator/demo-organization.js';
import { MEMBER_PAGES } from '../../../src/simulator/faults.js';
import { Simulator } from '../../../src/simulator/simulator.js';
import { look } from '../../support/looks.js';
import { connect, finished, requestSync, syncToEnd } from '../../support/runs.js';
import { enter } from '../../support/visitor.js';
import { startWeb } from '../../support/web.js';

it.each([1, 10_000])(
  'with %i members, in every status',
  async (members) => {
    const { world, organization, token } = demoWorld({ members });
    const simulator = await Simulator.start({ world });
    onTestFinished(() => simulator.stop());
    const service = await startWeb({ env: { GITHUB_API_URL: simulator.url } });
    const visitor = await enter(service);
    const { id } = await connect(service, token, { organization: organization.login });
    const page = `/integrations/github/${id}/members`;
    const runs = `/integrations/github/${id}/runs`;
    await look(visitor, { [`members-${members}-1-pending`]: page, [`runs-${members}-none`]: runs });

    const last = members > 100 ? { after: members / 100 - 10, times: 10 } : {};
    const held = simulator.faults.on(MEMBER_PAGES, last).hold();
    const run = await requestSync(service, id);
    await held.arrived;
    await look(visitor, {
      [`members-${members}-2-syncing`]: page,
      [`run-${members}-running`]: `${runs}/${run.id}`,
      [`integrations-${members}-syncing`]: '/integrations',
    });
    held.release();
    expect((await finished(service, run.id)).state).toBe('complete');
    await look(visitor, {
      [`integrations-${members}`]: '/integrations',
      [`members-${members}-3-complete`]: page,
      [`members-${members}-nobody-found`]: `${page}?q=nobody`,
      [`run-${members}-complete`]: `${runs}/${run.id}`,
    });

    const { manager } = service.dataSource;
    await manager.updateAll(Member, { suspended: true, githubType: 'Bot' });
    await look(visitor, { [`members-${members}-suspended-bots`]: `${page}?suspended=true` });

    world.revokeToken(token);
    const failed = await syncToEnd(service, id);
    await look(visitor, {
      [`members-${members}-4-error`]: page,
      [`run-${members}-error`]: `${runs}/${failed.id}`,
      [`runs-${members}`]: runs,
      [`integrations-${members}-error`]: '/integrations',
    });
  },
  300_000,
);
