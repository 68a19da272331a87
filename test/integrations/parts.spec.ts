import { describe, expect, it } from 'vitest';
import { GithubFailure } from '../../src/github/errors/github-failure.js';
import { LimitReached } from '../../src/github/errors/limit-reached.js';
import { missingScope } from '../../src/github/errors/permission-failures.js';
import { IntegrationParts } from '../../src/integrations/parts/integration-parts.js';
import {
  PART_SYNCS,
  type PartContext,
  type PartSync,
} from '../../src/integrations/parts/part-sync.js';
import { MemberChange, NOBODY } from '../../src/members/changes/member-change.entity.js';
import { Member } from '../../src/members/member.entity.js';
import { insertRows } from '../../src/platform/database/insert-rows.js';
import { finished, requestSync, startConnected } from '../support/runs.js';
import { type Service, ways } from '../support/service.js';

const unavailable = () => new GithubFailure('github_unavailable', 'GitHub is down.', 'Try later.');

/** Adds one change, whenever it is read. */
const invitations: PartSync['apply'] = async ({ write }) => {
  await write(async (manager, context) => {
    const change = { ...context, githubId: NOBODY, login: 'a@b.example', kind: 'invited' as const };
    await insertRows(manager, MemberChange, [
      {
        ...change,
        before: null,
        after: { email: 'a@b.example' },
        madeBy: null,
        madeAt: context.at,
      },
    ]);
    return { invited: 1 };
  });
  return { added: 1, changed: 0, removed: 0, total: 1 };
};

const read = async () => undefined;

/** Changes nothing. */
const nothingBut = async (_: PartContext, total: unknown) => ({
  ...{ added: 0, changed: 0, removed: 0, total: Number(total) },
});

describe.each(ways)('the parts of a run, $way', (way) => {
  const start = (parts: PartSync[]) =>
    startConnected(4, {
      ...way,
      env: { SWEEP_SECONDS: '1' },
      override: (builder) => builder.overrideProvider(PART_SYNCS).useValue(parts),
    });

  const known = async ({ app }: Service, id: number) =>
    Object.fromEntries(
      (await app.get(IntegrationParts, { strict: false }).of(id)).map((one) => [one.part, one]),
    );

  it('are told one by one, and one that fails spoils no other', async () => {
    let failure: GithubFailure | undefined;
    const failing = async () => {
      if (failure) throw failure;
      return 7;
    };
    const { service, integration } = await start([
      { part: 'outsideCollaborators', read: failing, apply: nothingBut },
      { part: 'invitations', read, apply: invitations },
      {
        part: 'teams',
        read,
        apply: async () => ({
          added: 2,
          changed: 0,
          removed: 0,
          total: 2,
          missing: 'Secret teams.',
        }),
      },
    ]);
    const sync = async () => finished(service, (await requestSync(service, integration.id)).id);
    expect(await known(service, integration.id)).toMatchObject({
      members: { state: 'incomplete', needs: 'A sync of everybody.', asOf: null },
    });
    const first = await sync();
    expect(first).toMatchObject({ state: 'complete', changeCounts: { joined: 4, invited: 1 } });
    expect(first.result).toMatchObject({
      total: 4,
      parts: {
        members: { state: 'complete', added: 4, changed: 0, removed: 0, total: 4 },
        outsideCollaborators: { state: 'complete', total: 7 },
        invitations: { state: 'complete', added: 1, total: 1 },
        teams: { state: 'incomplete', added: 2, total: 2 },
      },
    });
    const before = await known(service, integration.id);
    failure = missingScope('admin:org');
    expect(await sync()).toMatchObject({
      state: 'complete',
      result: { parts: { outsideCollaborators: { state: 'not_visible', total: 0 } } },
    });
    const after = await known(service, integration.id);
    // What is known keeps its size and its date.
    expect(after.outsideCollaborators).toEqual({
      ...before.outsideCollaborators,
      state: 'not_visible',
      needs: expect.stringContaining('admin:org'),
    });
    expect(after.teams).toMatchObject({ state: 'incomplete', needs: 'Secret teams.' });
    expect(after.identities).toMatchObject({ state: 'incomplete', asOf: null, total: null });
    failure = unavailable();
    await sync();
    expect(await known(service, integration.id)).toMatchObject({
      outsideCollaborators: { state: 'failed', needs: 'GitHub is down. Try later.', total: 7 },
      invitations: { state: 'complete' },
    });
  });

  it('that are done are not read again after a wait', async () => {
    let reads = 0;
    let limits = 1;
    const { service, integration } = await start([
      {
        part: 'invitations',
        read: async () => ++reads,
        apply: invitations,
      },
      {
        part: 'teams',
        read: async () => {
          if (limits-- > 0) throw new LimitReached('secondary_limited', 100);
          return 0;
        },
        apply: nothingBut,
      },
    ]);
    const run = await finished(service, (await requestSync(service, integration.id)).id);
    expect(run).toMatchObject({ state: 'complete', changeCounts: { joined: 4, invited: 1 } });
    expect(run.result).toMatchObject({
      parts: { invitations: { added: 1 }, teams: { state: 'complete' } },
    });
    expect(reads).toBe(1);
  });

  it('begin to be read before the directory has the members, and may wait for them', async () => {
    let [before, after] = [-1, -1];
    const { service, integration } = await start([
      {
        part: 'teams',
        read: async ({ applied, integrationId }) => {
          const members = () => service.dataSource.manager.countBy(Member, { integrationId });
          before = await members();
          await applied;
          after = await members();
          return after;
        },
        apply: nothingBut,
      },
    ]);
    const run = await finished(service, (await requestSync(service, integration.id)).id);
    expect(run.result).toMatchObject({ parts: { teams: { state: 'complete', total: 4 } } });
    expect([before, after]).toEqual([0, 4]);
  });
});
