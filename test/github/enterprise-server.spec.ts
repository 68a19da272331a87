import { expect, it, onTestFinished } from 'vitest';
import { MemberSyncRun } from '../../src/integrations/member-sync-run.entity.js';
import { Member } from '../../src/members/member.entity.js';
import { Simulator } from '../../src/simulator/simulator.js';
import { connect, syncToEnd } from '../support/runs.js';
import { startGithub, startService, ways } from '../support/service.js';

it.each(ways)('syncs from an Enterprise Server that tells no limits, $way', async (way) => {
  const { world, organization, token } = await startGithub({ members: 250 });
  const simulator = await Simulator.start({ world, rateLimits: false });
  onTestFinished(() => simulator.stop());
  const apiUrl = `${simulator.url}/api/v3`;
  const service = await startService({ ...way, env: { GITHUB_API_URL: `${apiUrl}/` } });
  const integration = await connect(service, token);
  expect(integration.apiUrl).toBe(apiUrl);
  const first: MemberSyncRun = await syncToEnd(service, integration.id);
  expect(first).toMatchObject({ state: 'complete', result: { created: 250, failed: 0 } });
  const leaver = organization.members.at(-1);
  if (leaver) organization.leave(leaver);
  const second = await syncToEnd(service, integration.id);
  expect(second).toMatchObject({ state: 'complete', result: { deactivated: 1, total: 249 } });
  const { manager } = service.dataSource;
  const names = (await manager.find(Member)).filter(({ name }) => name !== '');
  expect(names.length).toBeGreaterThan(200);
});
