import { describe, expect, it } from 'vitest';
import { GithubFailure } from '../../src/github/errors/github-failure.js';
import { Hint } from '../../src/integrations/hints/hint.entity.js';
import { HintGathering } from '../../src/integrations/hints/hint-gathering.js';
import { IntegrationParts } from '../../src/integrations/parts/integration-parts.js';
import { noPartCounts } from '../../src/integrations/parts/part.js';
import { PART_SYNCS, type PartSync } from '../../src/integrations/parts/part-sync.js';
import { ways } from '../support/service.js';
import { startHinted } from './support/hinted.js';

describe.each(ways)('hints about parts, $way', (way) => {
  /** Parts that note how they were read. */
  async function start() {
    const read: Record<string, unknown>[] = [];
    const failures: Partial<Record<PartSync['part'], GithubFailure>> = {};
    const parts = (['outsideCollaborators', 'invitations', 'teams'] as const).map(
      (part): PartSync => ({
        part,
        read: async ({ githubTeams }) => {
          read.push({ part, githubTeams });
          const failure = failures[part];
          if (failure) throw failure;
        },
        apply: async () => ({ ...noPartCounts(), total: read.length }),
      }),
    );
    const hinted = await startHinted(3, {
      ...way,
      override: (builder) => builder.overrideProvider(PART_SYNCS).useValue(parts),
    });
    const known = async () =>
      Object.fromEntries(
        (await hinted.get(IntegrationParts).of(hinted.integration.id)).map((one) => [
          one.part,
          one,
        ]),
      );
    read.length = 0;
    return { ...hinted, read, failures, known };
  }

  it('read these parts alone, and of the teams only those named', async () => {
    const { first, hintAt, next, read, known } = await start();
    const before = await known();
    await hintAt({ part: 'invitations' }, { githubTeamId: 9, nodeId: 'T_9' }, { githubTeamId: 4 });
    const run = await next();
    expect(run).toMatchObject({ state: 'complete', scope: 'people', people: 0 });
    expect(run.result).toMatchObject({
      total: 0,
      parts: {
        invitations: { state: 'complete', total: 1 },
        teams: { state: 'complete', total: 2 },
      },
    });
    expect(read).toEqual([
      { part: 'invitations', githubTeams: undefined },
      {
        part: 'teams',
        githubTeams: [
          { githubTeamId: 4, nodeId: null },
          { githubTeamId: 9, nodeId: 'T_9' },
        ],
      },
    ]);
    const after = await known();
    expect(after.invitations?.asOf?.getTime()).toBeGreaterThan(first.finishedAt?.getTime() ?? 0);
    expect(after.outsideCollaborators).toEqual(before.outsideCollaborators);
    // The other teams are as old as before.
    expect(after.teams).toEqual({ ...before.teams, total: 2 });
  });

  it('are tried again later where the part could not be read', async () => {
    const { manager, integration, hintAt, next, get, read, failures, others } = await start();
    failures.teams = new GithubFailure('github_unavailable', 'GitHub is down.', 'Try later.');
    failures.invitations = new GithubFailure('missing_permission', 'It may not.', 'Give it.');
    const [person] = others;
    await hintAt({ githubTeamId: 9 }, { part: 'invitations' }, { githubId: person?.id ?? 0 });
    const failed = await next();
    expect(failed).toMatchObject({ state: 'complete', people: 1 });
    expect(failed.result?.parts).toMatchObject({
      teams: { state: 'failed' },
      invitations: { state: 'not_visible' },
    });
    const waits = await manager.find(Hint);
    expect(waits).toMatchObject([{ subject: 'team:9', runId: 0, tries: 1 }]);
    failures.teams = undefined;
    await manager.update(Hint, { id: waits[0]?.id ?? 0 }, { notBefore: new Date() });
    read.length = 0;
    get(HintGathering).gather([integration.id]);
    expect((await next(failed)).result?.parts).toMatchObject({ teams: { state: 'complete' } });
    expect(read).toMatchObject([{ part: 'teams', githubTeams: [{ githubTeamId: 9 }] }]);
    expect(await manager.count(Hint)).toBe(0);
  });
});
