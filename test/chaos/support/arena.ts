import { ApiTokensService } from '../../../src/accounts/api-tokens/api-tokens.service.js';
import { MemberSyncRequests } from '../../../src/integrations/runs/member-sync-requests.js';
import type { MemberSyncRun } from '../../../src/integrations/runs/member-sync-run.entity.js';
import { drift } from '../../../src/simulator/demo-organization.js';
import { connect, finished } from '../../support/runs.js';
import { type Service, startService } from '../../support/service.js';
import { until } from '../../support/until.js';
import { Fleet, type Role } from './fleet.js';
import { driftTeams, startGithub } from './github.js';
import { runOf } from './rows.js';
import type { Servers } from './servers.js';

export interface ArenaOptions {
  seed: number;
  servers: Servers;
  way: 'embedded' | 'scaled';
  members: number;
}

/** How quickly what is lost is found again. */
const QUICK = {
  RUN_LEASE_SECONDS: '2',
  SWEEP_SECONDS: '1',
  GITHUB_CONCURRENCY: '3',
};

/** An organization on a simulated GitHub, a database, and the processes that sync it and get broken. */
export class Arena {
  /** The runs that somebody was promised. */
  readonly asked = new Set<number>();
  readonly fleet: Fleet;

  private constructor(
    readonly servers: Servers,
    readonly env: Record<string, string>,
    readonly github: Awaited<ReturnType<typeof startGithub>>,
    /** Looks at the database, and works on no run. */
    readonly service: Service,
    readonly integrationId: number,
    private readonly apiToken: string,
    readonly role: Role,
    private readonly ends: (() => Promise<void>)[],
  ) {
    this.fleet = new Fleet(env);
  }

  static async open({ seed, servers, way, members }: ArenaOptions): Promise<Arena> {
    const github = await startGithub(seed, members);
    const scaled = way === 'scaled';
    const given = {
      ...QUICK,
      GITHUB_API_URL: github.simulator.url,
      ...(scaled && (await servers.environment())),
      API_SYNC_PAUSE_SECONDS: '0',
    };
    const dialect = scaled ? 'mysql' : 'sqlite';
    const ends = [() => github.simulator.stop()];
    const atEnd = (end: () => Promise<void>) => void ends.push(end);
    const service = await startService({ dialect, consumes: false, env: given, atEnd });
    const { id } = await connect(service, github.token);
    const { value } = await service.app.get(ApiTokensService, { strict: false }).create(1, 'chaos');
    const env = { ...given, ...environmentOf(service) };
    const role = scaled ? 'worker' : 'all';
    return new Arena(servers, env, github, service, id, value, role, ends);
  }

  async close(): Promise<void> {
    await this.fleet.sink();
    for (const end of this.ends.toReversed()) await end();
  }

  /** A few join, leave or change, in the organization and in its teams. */
  drift(): void {
    drift(this.github.world, this.github.organization);
    driftTeams(this.github.organization);
  }

  /** Asks for a sync by the API, as a click does; the answer is a promise to do it. */
  async click(url: string): Promise<number> {
    const response = await this.request(
      url,
      'POST',
      `integrations/${this.integrationId}/member-syncs`,
    );
    if (response.status !== 202) throw new Error(`${response.status} ${await response.text()}`);
    const { id } = (await response.json()) as { id: number };
    this.asked.add(id);
    return id;
  }

  request(url: string, method: string, path: string): Promise<Response> {
    const headers = { authorization: `Bearer ${this.apiToken}` };
    return fetch(`${url}/api/v1/${path}`, { method, headers });
  }

  /** Asks for a sync without telling any queue: a worker's sweep finds it. */
  async ask(): Promise<number> {
    const { run } = await this.service.app
      .get(MemberSyncRequests, { strict: false })
      .open({ integrationId: this.integrationId, trigger: 'manual', requestedBy: 'ada' });
    this.asked.add(run.id);
    return run.id;
  }

  finished(id: number): Promise<MemberSyncRun> {
    return finished(this.service, id);
  }

  /** The run, once `test` is true of it. */
  when(id: number, test: (run: MemberSyncRun) => boolean): Promise<MemberSyncRun> {
    return until(async () => {
      const run = await runOf(this.service, id);
      return test(run) && run;
    });
  }

  /** Nothing breaks any more: what was promised comes to its end, and so does one sync more. */
  async settle(): Promise<void> {
    this.github.simulator.faults.clear();
    await this.fleet.one(this.role);
    for (const id of this.asked) await this.finished(id);
    const last = await this.finished(await this.ask());
    if (last.state !== 'complete') throw new Error(`The last sync: ${last.errorMessage}`);
  }
}

function environmentOf({ config }: Service): Record<string, string> {
  const { database } = config;
  return {
    PORT: '0',
    SECRET_KEY: config.secretKey?.toString('hex') ?? '',
    ADMIN_PASSWORD: 'correct horse battery',
    DATABASE_URL: database.type === 'sqlite' ? `sqlite:${database.path}` : database.url,
  };
}
