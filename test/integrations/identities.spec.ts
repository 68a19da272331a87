import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { RetryBudget } from '../../src/github/limits/retry-budget.js';
import { IntegrationParts } from '../../src/integrations/parts/integration-parts.js';
import { RunUndo } from '../../src/integrations/removals/run-undo.js';
import { MemberChange } from '../../src/members/changes/member-change.entity.js';
import { MembersService } from '../../src/members/listing/members.service.js';
import { Member } from '../../src/members/member.entity.js';
import { PastDirectories } from '../../src/members/past/past-directories.js';
import { graphqlField, type Match, PROFILES } from '../../src/simulator/faults.js';
import type { SimUser } from '../../src/simulator/user.js';
import { startConnected, syncToEnd } from '../support/runs.js';
import { ways } from '../support/service.js';

const IDENTITIES = graphqlField('externalIdentities');
const EMAILS = graphqlField('organizationVerifiedDomainEmails');
const OWNERS = ['admin:org', 'read:user'];

describe.each(ways)('corporate identities in the directory, $way', (way) => {
  async function start(members = 4) {
    const { service, integration, ...github } = await startConnected(members, way);
    const { world, organization, owner, token } = github;
    world.addToken({ token, user: owner, scopes: OWNERS });
    const { manager } = service.dataSource;
    const { id: integrationId } = integration;
    const get = <T>(type: new (...given: never[]) => T): T =>
      service.app.get(type, { strict: false });
    const others = organization.members.filter(({ id }) => id !== owner.id);
    const of = ({ id: githubId }: SimUser) => manager.findOneByOrFail(Member, { githubId });
    const part = async () =>
      (await get(IntegrationParts).of(integrationId)).find((one) => one.part === 'identities');
    const changes = () =>
      manager.find(MemberChange, { where: { kind: 'identity' }, order: { id: 'ASC' } });
    const found = async (identity: boolean, moment?: Date) => {
      const prunedUntil = async () => null;
      const directory = moment
        ? await get(PastDirectories).asOf({ integrationId, moment, prunedUntil })
        : get(MembersService);
      const query = { integrationId, statuses: ['active' as const], identity };
      const { members } = await directory.page({ ...query, limit: 50 });
      expect(await directory.matching(query)).toBe(members.length);
      return members.map(({ githubId }) => githubId).toSorted((a, b) => a - b);
    };
    const sync = () => syncToEnd(service, integrationId);
    return { ...github, service, manager, get, others, of, part, changes, found, sync };
  }
  const ids = (...people: SimUser[]) => people.map(({ id }) => id).toSorted((a, b) => a - b);

  it('are found, changed and lost; nothing changed writes nothing', async () => {
    const { organization, world, owner, others, of, part, changes, found, sync, manager, get } =
      await start();
    const [one, two, three] = others as [SimUser, SimUser, SimUser];
    const { identities } = organization;
    identities.link(owner, { nameId: 'O.Wner@Corp ', scimUserName: 'owner' });
    const first = identities.link(one, { nameId: 'one@corp.example' });
    identities.link(null, { nameId: 'nobody' });
    identities.verifyEmails(one, ['one@corp.example', 'o@corp.example']);
    const run = await sync();
    expect(run.result?.parts?.identities).toEqual({
      ...{ state: 'complete', added: 2, changed: 0, removed: 0, total: 2 },
    });
    // Whoever was found by the same run has always had it.
    expect(await changes()).toEqual([]);
    expect(await of(owner)).toMatchObject({
      ...{ identityLinked: true, samlNameId: 'O.Wner@Corp ', scimUserName: 'owner' },
      verifiedEmails: [],
    });
    expect(await of(one)).toMatchObject({
      verifiedEmails: ['o@corp.example', 'one@corp.example'],
      scimUserName: null,
    });
    expect(await of(two)).toMatchObject({ identityLinked: false, samlNameId: null });
    expect(await found(true)).toEqual(ids(owner, one));
    expect(await found(false)).toEqual(ids(two, three));
    const moment = new Date();

    identities.unlink(first);
    identities.link(two, { nameId: 'two@corp.example' });
    identities.link(owner, { nameId: 'second' });
    identities.verifyEmails(one, ['one@corp.example']);
    const newcomer = world.addUser();
    organization.join(newcomer);
    identities.link(newcomer, { scimUserName: 'new' });
    expect((await sync()).result?.parts?.identities).toMatchObject({
      ...{ state: 'complete', added: 2, changed: 0, removed: 1, total: 4 },
    });
    expect(await changes()).toMatchObject(
      [
        {
          githubId: one.id,
          before: {
            ...{ identityLinked: true, samlNameId: 'one@corp.example' },
            verifiedEmails: ['o@corp.example', 'one@corp.example'],
          },
          after: {
            ...{ identityLinked: false, samlNameId: null },
            verifiedEmails: ['one@corp.example'],
          },
        },
        {
          githubId: two.id,
          before: { identityLinked: false, samlNameId: null },
          after: { identityLinked: true, samlNameId: 'two@corp.example' },
        },
      ].toSorted((a, b) => a.githubId - b.githubId),
    );
    expect(await found(true)).toEqual(ids(owner, two, newcomer));
    expect(await found(true, moment)).toEqual(ids(owner, one));
    expect(await found(false, moment)).toEqual(ids(two, three));

    const left = await manager.find(Member);
    const recorded = await manager.count(MemberChange);
    expect((await sync()).result?.parts?.identities).toMatchObject({ added: 0, changed: 0 });
    expect(await manager.find(Member)).toEqual(left);
    expect(await manager.count(MemberChange)).toBe(recorded);

    for (const user of [two, three]) organization.leave(user);
    const leaving = await sync();
    expect(leaving.result?.parts?.identities).toMatchObject({ removed: 0 });
    await get(RunUndo).undo(leaving, 'ada@example.com');
    expect(await of(two)).toMatchObject({ status: 'active', samlNameId: 'two@corp.example' });
    expect(await part()).toMatchObject({ state: 'complete' });
  });

  it('of known people are recorded when they are first seen', async () => {
    const { organization, world, owner, others, token, changes, found, sync, part } = await start();
    const [one] = others as [SimUser];
    organization.identities.link(one, { nameId: 'one' });
    world.addToken({ token, user: owner, scopes: ['read:org'] });
    await sync();
    expect(await part()).toMatchObject({
      ...{ state: 'not_visible', asOf: null, total: null },
      needs: expect.stringContaining('admin:org'),
    });
    expect(await found(false)).toEqual([]);
    const moment = new Date();
    world.addToken({ token, user: owner, scopes: OWNERS });
    await sync();
    const all = await changes();
    expect(all).toHaveLength(4);
    expect(all.find(({ githubId }) => githubId === one.id)).toMatchObject({
      before: { identityLinked: null, samlNameId: null },
      after: { identityLinked: true, samlNameId: 'one' },
    });
    expect(await found(false, moment)).toEqual([]);
    expect(await found(false)).toHaveLength(3);
  });

  it('come with profiles, and somebody whom those questions missed by the pages of all', async () => {
    const { simulator, world, organization, others, of, part, changes, sync } = await start();
    const [one, two] = others as [SimUser, SimUser];
    organization.identities.link(one, { nameId: 'one' });
    organization.identities.link(two, { nameId: 'two' });
    organization.identities.verifyEmails(two, ['two@corp.example']);
    const asked = simulator.faults.on(IDENTITIES, { times: 100 }).rewrite((body) => body);
    const asProfiles = simulator.faults.on(PROFILES, { times: 100 }).rewrite((body) => body);
    await sync();
    expect([asked.happened, asProfiles.happened]).toEqual([1, 1]);
    expect(await of(two)).toMatchObject({
      ...{ identityLinked: true, samlNameId: 'two', verifiedEmails: ['two@corp.example'] },
    });
    // Their logins changed since the list was read.
    const newcomer = world.addUser();
    organization.join(newcomer);
    organization.identities.link(newcomer, { nameId: 'new' });
    simulator.faults.on(PROFILES).rewrite(withoutIdentities);
    const run = await sync();
    expect(run.result?.parts?.identities).toMatchObject({ added: 1, changed: 0, removed: 0 });
    expect(await of(newcomer)).toMatchObject({ identityLinked: true, samlNameId: 'new' });
    expect(await of(one)).toMatchObject({ samlNameId: 'one' });
    expect(await changes()).toEqual([]);
    expect(await part()).toMatchObject({ state: 'complete', total: 3 });
  });

  it('stay as they are known where GitHub does not show them', async () => {
    const { simulator, organization, world, owner, others, token, of, part, sync, manager } =
      await start();
    const [one, two] = others as [SimUser, SimUser];
    const { identities } = organization;
    const linked = identities.link(one, { nameId: 'one' });
    identities.verifyEmails(one, ['one@corp.example']);
    await sync();
    const known = await part();
    const people = await manager.find(Member);
    identities.unlink(linked);
    identities.link(two, { nameId: 'two' });
    const refuse = (type: string, path: string[]) => () =>
      [IDENTITIES, EMAILS].map((field) =>
        simulator.faults.on(field, { times: 100 }).graphqlError({ type, path, message: type }),
      );
    const always = { times: Number.POSITIVE_INFINITY };
    const faultsOn = (fields: Match[]) => fields.map((field) => simulator.faults.on(field, always));
    const faults = [
      ['not_visible', refuse('FORBIDDEN', ['organization', 'samlIdentityProvider'])],
      ['not_visible', refuse('INSUFFICIENT_SCOPES', [])],
      ['not_visible', () => faultsOn([IDENTITIES, EMAILS]).map((fault) => fault.status(403))],
      ['failed', () => faultsOn([IDENTITIES]).map((fault) => fault.html(502))],
      ['failed', () => faultsOn([IDENTITIES]).map((fault) => fault.rewrite(withoutNodes))],
      ['failed', () => faultsOn([EMAILS]).map((fault) => fault.rewrite(withoutNodes))],
    ] as const;
    const giveUp = vi.spyOn(RetryBudget.prototype, 'waitForRetry').mockResolvedValue(false);
    onTestFinished(() => giveUp.mockRestore());
    for (const [state, fail] of faults) {
      fail();
      const run = await sync();
      simulator.faults.clear();
      expect(run).toMatchObject({
        state: 'complete',
        result: { parts: { identities: { state } } },
      });
      expect(await part()).toEqual({ ...known, state, needs: expect.stringMatching(/\w/) });
      expect(await manager.find(Member)).toEqual(people);
    }
    world.addToken({ token, user: owner, scopes: ['read:org', 'read:user'] });
    await sync();
    // Addresses need no scope of administrators.
    expect(await part()).toEqual({
      ...known,
      ...{ state: 'not_visible', needs: expect.stringContaining('admin:org') },
    });
    expect(await of(one)).toMatchObject({ samlNameId: 'one' });
  });

  it('are not said to be none where single sign-on may be set up at the enterprise', async () => {
    const { organization, others, of, part, found, sync } = await start();
    const [one] = others as [SimUser];
    organization.identities.verifyEmails(one, ['one@corp.example']);
    await sync();
    expect(await part()).toMatchObject({
      ...{ state: 'not_visible', asOf: null, total: null },
      needs: expect.stringMatching(/enterprise/),
    });
    expect(await of(one)).toMatchObject({
      ...{ identityLinked: null, verifiedEmails: ['one@corp.example'] },
    });
    expect(await found(false)).toEqual([]);
  });
});

function withoutIdentities(body: unknown): unknown {
  const isOfOne = (name: string) => /^of\d+$/.test(name);
  const none = { nodes: [], pageInfo: { hasNextPage: false } };
  return JSON.parse(JSON.stringify(body, (name, value) => (isOfOne(name) ? none : value)));
}

function withoutNodes(body: unknown): unknown {
  return JSON.parse(JSON.stringify(body, (name, value) => (name === 'nodes' ? null : value)));
}
