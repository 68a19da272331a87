import { join } from 'node:path';
import { loadConfig } from '../../../src/config/config.js';
import type { Github } from './github.js';
import { House } from './house.js';
import { type Lab, type Way, ways } from './lab.js';
import { MeasuredProcess } from './measured-process.js';
import { Subject, type Sync } from './subject.js';
import { tell } from './tell.js';

/** GITHUB_CONCURRENCY, as it is where nobody sets it. */
const CONCURRENCY = loadConfig({}).sync.githubConcurrency;

/** How many members the times of syncs and rivals are compared with. */
export const RACED = 10_000;

/** How many members the slowest rival is measured with. */
export const SAMPLE = 500;

/** Where one sync takes minutes, and nothing is compared by its time, one round is enough. */
const ONCE_FROM = 100_000;

export interface Syncs {
  first: Sync;
  /** With nothing changed since the first; undefined where it takes too long. */
  second?: Sync & { rowsWritten: number };
  /** With one member in a hundred changed since the second; undefined where nothing is compared by time. */
  third?: Sync;
}

interface Rivals {
  bareLimit: Timed;
  carefulScript: Timed;
  /** Of `SAMPLE` members. */
  oneByOne: Timed;
}

/** In ms. */
type Timed = Pick<Sync, 'wallMs' | 'cpuMs'>;

export interface Played {
  syncs: Record<Way, Syncs[]>;
  rivals: Rivals[];
}

export interface RoundOptions {
  rounds: number;
  /** Where to keep CPU profiles. */
  profiles?: string;
}

/** Plays rounds, in which everybody takes turns so that the machine's moods meet them all, once for each size. */
export class Rounds {
  private readonly played = new Map<number, Promise<Played>>();
  private readonly houses = new Map<string, Promise<House>>();

  constructor(
    readonly lab: Lab,
    private readonly options: RoundOptions,
  ) {}

  of(members: number): Promise<Played> {
    const played = this.played.get(members) ?? this.play(members);
    this.played.set(members, played);
    return played;
  }

  /** A Rollcall that serves so many members, the same for each who asks. */
  house(way: Way, members: number): Promise<House> {
    const key = `${way} ${members}`;
    const house = this.houses.get(key) ?? this.open(way, members);
    this.houses.set(key, house);
    return house;
  }

  async stop(): Promise<void> {
    const houses = await Promise.all(this.houses.values());
    await Promise.all(houses.map((house) => house.stop()));
  }

  private async open(way: Way, members: number): Promise<House> {
    return House.start(this.lab, way, await this.lab.github(members));
  }

  private async play(members: number): Promise<Played> {
    const github = await this.lab.github(members);
    const played: Played = { syncs: { embedded: [], 'MariaDB with Bull': [] }, rivals: [] };
    const rounds = members < ONCE_FROM ? this.options.rounds : 1;
    for (let round = 1; round <= rounds; round++) {
      tell(`${members} members, round ${round} of ${rounds}`);
      for (const way of ways) played.syncs[way].push(await this.syncs(way, github));
      if (members === RACED) played.rivals.push(await race(github));
    }
    return played;
  }

  private async syncs(way: Way, github: Github): Promise<Syncs> {
    const { profiles } = this.options;
    const subject = await Subject.start(this.lab, way, github);
    const first = await subject.sync(
      profiles && join(profiles, `${github.members} ${way}.cpuprofile`),
    );
    tellTime(way, first);
    const second = github.members < ONCE_FROM ? await secondSync(subject) : undefined;
    const third = github.members === RACED ? await thirdSync(subject, github) : undefined;
    await subject.end();
    return { first, second, third };
  }
}

function tellTime(who: string, { wallMs, cpuMs }: Timed): void {
  tell(`  ${who}: ${Math.round(wallMs)} ms, ${Math.round(cpuMs)} ms of CPU`);
}

async function secondSync(subject: Subject) {
  await subject.watchWrites();
  const sync = await subject.sync();
  return { ...sync, rowsWritten: await subject.rowsWritten() };
}

async function thirdSync(subject: Subject, github: Github): Promise<Sync> {
  await github.change();
  return subject.sync();
}

async function race(github: Github): Promise<Rivals> {
  const { members, url } = github;
  const time = async (method: keyof Rivals, options: object): Promise<Timed> => {
    const token = await github.newToken();
    const rival = new MeasuredProcess('rivals');
    const timed = await rival.call<Timed>(method, { url, token, members, ...options });
    await rival.end();
    tellTime(method, timed);
    return timed;
  };
  return {
    bareLimit: await time('bareLimit', { concurrency: CONCURRENCY }),
    carefulScript: await time('carefulScript', {}),
    oneByOne: await time('oneByOne', { sample: SAMPLE }),
  };
}
