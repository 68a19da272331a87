import { describe, expect, it } from 'vitest';
import { MemberSyncRun } from '../../src/integrations/runs/member-sync-run.entity.js';
import { memberEvent } from '../support/deliveries.js';
import { syncToEnd } from '../support/runs.js';
import { ways } from '../support/service.js';
import { listenTo } from '../support/statements.js';
import { until } from '../support/until.js';
import { startReceiving } from './support/receiving.js';

/** Without those that begin and commit, and the polls of this spec; one looks for GitHub teams of a leaver, and one may be a poll's. */
const AT_MOST = 27;

describe.each(ways)('one delivery, $way', (way) => {
  it.each(['leaves', 'joins'])('costs few statements until somebody %s', async (what) => {
    const env = { WEBHOOK_GATHER_MS: '200', SWEEP_SECONDS: '600' };
    const { service, organization, world, owner, integration, send } = await startReceiving({
      ...way,
      env,
    });
    for (let i = 0; i < 10; i++) organization.join(world.addUser());
    await syncToEnd(service, integration.id);
    const [known] = organization.members.filter(({ id }) => id !== owner.id);
    const person = what === 'leaves' && known ? known : world.addUser();
    if (what === 'leaves') organization.leave(person);
    else organization.join(person);
    const said = listenTo(service.dataSource);
    expect((await send({ payload: memberEvent(organization.id, person) })).status).toBe(202);
    const polls = /dummy_table/;
    const ofPeople = { scope: 'people', state: 'complete' } as const;
    await until(() => service.dataSource.manager.existsBy(MemberSyncRun, ofPeople));
    const own = said.filter((sql) => !/^(BEGIN|START|COMMIT)/.test(sql) && !polls.test(sql));
    expect(own.length).toBeLessThanOrEqual(AT_MOST);
    expect(own.length).toBeGreaterThan(10);
  });
});
