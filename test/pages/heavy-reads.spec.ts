import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ApiTokensService } from '../../src/accounts/api-tokens/api-tokens.service.js';
import { TeamsService } from '../../src/accounts/users/teams.service.js';
import { Member } from '../../src/members/member.entity.js';
import { insertRows } from '../../src/platform/database/insert-rows.js';
import { inSnapshot } from '../../src/platform/database/transaction.js';
import { makeRun } from '../support/make-run.js';
import { ways } from '../support/service.js';
import { Signal } from '../support/signal.js';
import { until } from '../support/until.js';
import { signedIn, startWeb, type WebService } from '../support/web.js';

const PEOPLE = 1_500;
/** A file's statements: one a batch. */
const BATCHES = PEOPLE / 250;

/** More than are read at once, on either database. */
const HELD = 3;

/** A request whose client can leave. It takes no compression, so that the first line comes at once. */
class Client {
  answer: IncomingMessage | undefined;
  readonly answered: Promise<this>;
  private readonly asked;

  constructor(url: string, headers: Record<string, string>) {
    this.asked = request(url, { headers, agent: false });
    this.answered = new Promise((resolve) => {
      this.asked.on('response', (answer) => {
        this.answer = answer;
        resolve(this);
      });
    });
    // Of a connection that we end ourselves.
    this.asked.on('error', () => this.asked.destroy());
    this.asked.end();
    onTestFinished(() => this.leave());
  }

  get status(): number | undefined {
    return this.answer?.statusCode;
  }

  async text(): Promise<string> {
    const { answer } = await this.answered;
    return answer ? text(answer) : '';
  }

  leave(): void {
    this.asked.destroy();
  }
}

type Team = Awaited<ReturnType<typeof teamWithPeople>>;

async function teamWithPeople(service: WebService, slug: string) {
  const { app, dataSource } = service;
  const { id: teamId } = await app.get(TeamsService, { strict: false }).findOrCreate(slug);
  const { integrationId } = await makeRun(service, 'complete');
  const set = { teamId };
  await dataSource.manager.update('GithubIntegration', { id: integrationId }, set);
  const people = Array.from({ length: PEOPLE }, (_, i) => person(integrationId, i));
  await insertRows(dataSource.manager, Member, people);
  const token = (await app.get(ApiTokensService, { strict: false }).create(teamId, 'nightly'))
    .value;
  const { cookie } = await signedIn(service, { team: slug });
  const members = `${service.url}/integrations/github/${integrationId}/members`;
  const api = `${service.url}/api/v1/integrations/${integrationId}/members`;
  const bearer = { authorization: `Bearer ${token}` };
  return {
    page: () => new Client(members, { cookie }),
    exportPage: () => new Client(`${members}/export`, { cookie }),
    pastPage: () => new Client(`${members}?asOf=2026-11-20`, { cookie }),
    exportApi: () => new Client(api, { ...bearer, accept: 'text/csv' }),
    pastApi: () => new Client(`${api}?asOf=2026-11-20`, bearer),
  };
}

const person = (integrationId: number, i: number): Partial<Member> => ({
  ...{ integrationId, githubId: 1_000 + i, nodeId: `U_${i}`, login: `p${i}`, loginKey: `p${i}` },
  ...{ name: '', nameKey: `p${i}`, email: '', avatarUrl: '', role: 'member', status: 'active' },
  ...{ present: true, joinedAt: new Date(0), updatedAt: new Date(0) },
});

/** Until the signal is given, nobody else reads a snapshot: whoever has their turn keeps it. */
function holdSnapshots({ dataSource }: WebService): Signal {
  const signal = new Signal();
  const held = Array.from({ length: HELD }, () => inSnapshot(dataSource, () => signal.given));
  onTestFinished(async () => {
    signal.give();
    await Promise.all(held);
  });
  return signal;
}

describe.each(ways)('exports and past directories, $way', ({ dialect, bull }) => {
  it('come two at a time for each team; others wait, or are told when to come back', async () => {
    const service = await startWeb({ dialect, bull });
    const ours = await teamWithPeople(service, 'default');
    const others = await teamWithPeople(service, 'other');
    await holdsTheLine(service, ours, others);
    await stopsWithItsClient(service, ours);
  });
});

/** Nobody of another team notices, and none of our own who looks at the present. */
async function holdsTheLine(service: WebService, ours: Team, others: Team): Promise<void> {
  const held = holdSnapshots(service);
  const first = [ours.exportPage(), ours.exportApi()];
  for (const one of first) expect((await one.answered).status).toBe(200);

  // Eight wait, one is too many.
  const line = [
    ...[ours.pastPage(), ours.pastApi(), ours.exportPage(), ours.exportApi()],
    ...[ours.pastPage(), ours.pastApi(), ours.exportPage(), ours.exportApi(), ours.pastPage()],
  ];
  const refused = await Promise.race(line.map(({ answered }) => answered));
  expect(refused).toMatchObject({ status: 429, answer: { headers: { 'retry-after': '5' } } });
  expect(await refused.text()).toMatch(/[Ww]ait 5 s/);
  expect(line.filter(({ status }) => status === undefined)).toHaveLength(8);
  expect((await ours.page().answered).status).toBe(200);
  expect((await others.exportApi().answered).status).toBe(200);

  const [leaver, ...patient] = line.filter((one) => one !== refused);
  leaver?.leave();
  const late = await until(async () => {
    const one = ours.exportApi();
    await ours.page().answered;
    return one.status === undefined && one;
  });
  held.give();
  for (const one of [...first, ...patient, late]) {
    expect((await one.answered).status).toBe(200);
    await one.text();
  }
}

async function stopsWithItsClient(service: WebService, ours: Team): Promise<void> {
  const batches = countBatches(service);
  const held = holdSnapshots(service);
  const abandoned = [ours.exportPage(), ours.exportApi()];
  for (const one of abandoned) await one.answered;
  const next = [ours.exportPage(), ours.exportApi()];
  for (const one of abandoned) one.leave();
  // It is their turn: the others are known to have left.
  for (const one of next) expect((await one.answered).status).toBe(200);
  held.give();
  for (const one of next) expect((await one.text()).match(/\r\n/g)).toHaveLength(PEOPLE + 1);
  // Those who left may have asked for a batch each, and one ahead.
  expect(batches()).toBeLessThanOrEqual(2 * BATCHES + 4);
}

function countBatches({ dataSource }: WebService): () => number {
  let batches = 0;
  const { logger } = dataSource;
  dataSource.logger = new Proxy(logger, {
    get: (target, name, self) =>
      name === 'logQuery'
        ? (sql: string) => {
            if (/FROM .members. .*LIMIT 251/s.test(sql)) batches++;
          }
        : Reflect.get(target, name, self),
  });
  return () => batches;
}
