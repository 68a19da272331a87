import { withConnection } from '../../support/servers/mysql-database.js';
import type { Github } from './github.js';
import type { Lab, Way } from './lab.js';
import { MeasuredProcess } from './measured-process.js';
import { type Traffic, trafficOf } from './traffic.js';

/** What the process says of a sync. */
interface Report {
  state: string;
  error: string | null;
  total: number | undefined;
  /** From the request for a run to its end. */
  wallMs: number;
  cpuMs: number;
  statements: number;
  /** How often the process looked at the run for the bench. */
  looks: number;
  /** The most memory so far since the process began. */
  peakMiB: number;
}

export interface Sync extends Omit<Report, 'state' | 'error' | 'looks'> {
  traffic: Traffic;
}

/** A fresh Rollcall on a fresh database, with `acme` connected by a token of its own. */
export class Subject {
  private constructor(
    private readonly lab: Lab,
    private readonly way: Way,
    private readonly github: Github,
    private readonly process: MeasuredProcess,
  ) {}

  static async start(lab: Lab, way: Way, github: Github): Promise<Subject> {
    const token = await github.newToken();
    const env = await lab.environment(way, github);
    const process = new MeasuredProcess('subject', { env });
    await process.call('connect', 'acme', token);
    return new Subject(lab, way, github, process);
  }

  /**
   * @param profile where to write what the CPU did meanwhile
   * @throws Error where it did not end with everybody
   */
  async sync(profile?: string): Promise<Sync> {
    await this.github.takeLog();
    const before = await this.questions();
    const { state, error, looks, ...report } = await this.process.call<Report>('sync', profile);
    // Of the questions since, one is this one itself.
    const questions = (await this.questions()) - before - looks - 1;
    const traffic = trafficOf(await this.github.takeLog());
    if (state !== 'complete' || report.total !== this.github.members)
      throw new Error(`The sync ended as '${state}' with ${report.total} members: ${error}`);
    return this.way === 'embedded'
      ? { ...report, traffic }
      : { ...report, traffic, statements: questions };
  }

  /** Lets the database count the rows about people and teams that are written from now on. */
  watchWrites(): Promise<void> {
    return this.process.call('watchWrites');
  }

  rowsWritten(): Promise<number> {
    return this.process.call('rowsWritten');
  }

  async end(): Promise<void> {
    await this.process.call('close');
    await this.process.end();
  }

  /** What the server has been asked, by everybody and with every BEGIN; it has nobody but us. */
  private questions(): Promise<number> {
    return withConnection(this.lab.mariadbUrl, async (connection) => {
      const [rows] = await connection.query("SHOW GLOBAL STATUS LIKE 'Questions'");
      return Number((rows as { Value: string }[])[0]?.Value);
    });
  }
}
