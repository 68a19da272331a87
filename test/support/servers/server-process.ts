import { delimiter } from 'node:path';
import { Child } from './child.js';

/** Debian keeps mariadbd where a plain user's PATH does not look. */
export const serverPath = [process.env.PATH, '/usr/local/sbin', '/usr/sbin', '/sbin'].join(
  delimiter,
);

/** A server that can be ended and started again with the same command. */
export class ServerProcess {
  private child: Child | undefined;

  constructor(
    private readonly command: readonly string[],
    private readonly readyLine: RegExp,
  ) {}

  /** Resolves once the server says that it is ready. */
  async start(): Promise<void> {
    this.child = new Child(this.command, { env: { ...process.env, PATH: serverPath } });
    await this.child.waitForLine(this.readyLine);
  }

  /** Resolves once the server is gone. */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    this.child?.signal(signal);
    await this.child?.exited;
  }

  async restart(): Promise<void> {
    await this.end('SIGTERM');
    await this.start();
  }
}
