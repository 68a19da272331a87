import { type StartedProcess, startProcess } from '../../support/process.js';

export type Role = 'all' | 'web' | 'worker';

interface Ship {
  role: Role;
  process: StartedProcess;
}

/** The processes of one arena; those that live are used again, because each takes a second to start. */
export class Fleet {
  private ships: Ship[] = [];

  constructor(private readonly env: Record<string, string>) {}

  /** As many living processes of the role, ready to work, and no more of it. */
  async of(role: Role, count: number): Promise<StartedProcess[]> {
    const ships = this.ships.filter((ship) => ship.role === role);
    const living = ships.map(({ process }) => process);
    await this.kill(...living.splice(count));
    const missing = Array.from({ length: count - living.length }, () => this.launch(role));
    return [...living, ...(await Promise.all(missing))];
  }

  async one(role: Role): Promise<StartedProcess> {
    const [process] = await this.of(role, 1);
    if (!process) throw new Error(`There is no ${role}`);
    return process;
  }

  /** Puts in a process that was started otherwise. */
  async add(role: Role, process: StartedProcess): Promise<StartedProcess> {
    this.ships.push({ role, process });
    await (role === 'worker' ? process.waitForLine(/worker is ready$/) : process.ready);
    return process;
  }

  /** Nothing is told to the process. */
  async kill(...processes: StartedProcess[]): Promise<void> {
    this.ships = this.ships.filter(({ process }) => !processes.includes(process));
    for (const process of processes) process.signal('SIGKILL');
    await Promise.all(processes.map(({ exited }) => exited));
  }

  /** What they all have said, for whoever wonders why a scenario failed. */
  get log(): string {
    return this.ships.map(({ role, process }) => `--- ${role}\n${process.stderr}`).join('\n');
  }

  sink(): Promise<void> {
    return this.kill(...this.ships.map(({ process }) => process));
  }

  private launch(role: Role): Promise<StartedProcess> {
    return this.add(role, startProcess(['serve'], { ...this.env, ROLE: role }));
  }
}
