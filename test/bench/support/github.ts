import type { LoggedRequest } from '../../../src/simulator/request-log.js';
import { MeasuredProcess } from './measured-process.js';

export interface Latency {
  restLatency: number;
  graphqlLatency: number;
}

export interface Log {
  entries: LoggedRequest[];
  /** The most requests at once. */
  peak: number;
}

/** Somebody at GitHub. */
export interface Person {
  id: number;
  nodeId: string;
}

/** What an organization has beside its members. */
export interface Parts {
  collaborators: number;
  invitations: number;
  teams: number;
  /** Of each team but the first. */
  teamMembers: number;
  largeTeam: number;
  /** How deep teams are nested. */
  depth: number;
}

/** A simulated GitHub in a process of its own, with one organization, `acme`. */
export class Github {
  private constructor(
    readonly members: number,
    readonly url: string,
    private readonly process: MeasuredProcess,
  ) {}

  static async start(members: number, { restLatency, graphqlLatency }: Latency): Promise<Github> {
    const args = [members, restLatency, graphqlLatency].map(String);
    const process = new MeasuredProcess('simulator', { args });
    return new Github(members, await process.call('url'), process);
  }

  /** A new token of an owner, with a whole hour's limits. */
  newToken(): Promise<string> {
    return this.process.call('reset');
  }

  /** One member in a hundred changes; their number stays the same. */
  change(): Promise<void> {
    return this.process.call('change');
  }

  /** Adds what is not a member, and links an identity to each member. */
  fill(parts: Parts): Promise<void> {
    return this.process.call('fill', parts);
  }

  organizationId(): Promise<number> {
    return this.process.call('organizationId');
  }

  leave(people: number): Promise<Person[]> {
    return this.process.call('leave', people);
  }

  join(people: number): Promise<Person[]> {
    return this.process.call('join', people);
  }

  /** Nothing more is allowed to the token for an hour. */
  exhaust(token: string): Promise<void> {
    return this.process.call('exhaust', token);
  }

  /** What was asked since the last call, or since there is a new token. */
  takeLog(): Promise<Log> {
    return this.process.call('takeLog');
  }

  ids(): Promise<number[]> {
    return this.process.call('ids');
  }

  stop(): Promise<void> {
    return this.process.end();
  }
}
