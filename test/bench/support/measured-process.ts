import { type ChildProcess, fork } from 'node:child_process';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';

export type Environment = Record<string, string>;

interface Reply {
  id: number;
  result?: unknown;
  error?: string;
}

interface Pending {
  resolve: (result: never) => void;
  reject: (error: Error) => void;
}

/** A plain Node process that runs one of `children/` and answers calls over IPC. It ends when the bench does. */
export class MeasuredProcess {
  private readonly pending = new Map<number, Pending>();
  private readonly child: ChildProcess;
  private readonly ended: Promise<void>;
  private calls = 0;

  constructor(
    private readonly script: string,
    { args = [], env = {} }: ProcessOptions = {},
  ) {
    const path = fileURLToPath(new URL(`../children/${script}.mjs`, import.meta.url));
    this.child = fork(path, args, {
      env: { ...inherited(), ...env },
      cwd: tmpdir(),
      execArgv: [],
      // The table alone goes to stdout.
      stdio: ['ignore', 2, 2, 'ipc'],
    });
    this.child.on('message', (reply: Reply) => this.settle(reply));
    this.ended = new Promise((resolve) => this.child.once('exit', () => resolve(this.abandon())));
  }

  call<T>(method: string, ...args: unknown[]): Promise<T> {
    const id = ++this.calls;
    return new Promise<T>((resolve, reject) => {
      this.pending.set(id, { resolve, reject });
      this.child.send({ id, method, args });
    });
  }

  async end(): Promise<void> {
    if (this.child.connected) this.child.disconnect();
    await this.ended;
  }

  private settle({ id, result, error }: Reply): void {
    const pending = this.pending.get(id);
    this.pending.delete(id);
    if (error === undefined) pending?.resolve(result as never);
    else pending?.reject(new Error(`${this.script}: ${error}`));
  }

  private abandon(): void {
    for (const { reject } of this.pending.values())
      reject(new Error(`The process '${this.script}' ended (see stderr).`));
  }
}

interface ProcessOptions {
  args?: string[];
  env?: Environment;
}

/** Nothing of ours may change what is measured. */
export function inherited(): Environment {
  const { PATH = '', HOME = '', TZ = 'UTC' } = process.env;
  return { PATH, HOME, TZ };
}
