import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A child process that remembers what it said and cannot outlive this one. */
export class Child {
  stdout = '';
  stderr = '';
  readonly exited: Promise<Exit>;
  private hasExited = false;
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly news = new EventEmitter();

  constructor(
    private readonly command: readonly string[],
    options: { env?: NodeJS.ProcessEnv; cwd?: string } = {},
  ) {
    // The kernel ends the child with us, also when we are killed and no handler of ours runs.
    this.child = spawn('setpriv', ['--pdeathsig', 'KILL', '--', ...command], options);
    this.exited = new Promise((resolve) => {
      this.child.once('close', (code, signal) => resolve({ code, signal }));
    });
    this.listen();
  }

  /**
   * Waits until the child has said a whole line that matches, on stdout or stderr, now or earlier.
   * @throws Error with all it said, when it ends first or `seconds` go by.
   */
  async waitForLine(pattern: RegExp, seconds = 60): Promise<RegExpExecArray> {
    const tooLate = AbortSignal.timeout(seconds * 1000);
    for (;;) {
      const found = this.find(pattern);
      if (found) return found;
      if (this.hasExited) throw this.complaint(`ended without saying ${pattern}`);
      await once(this.news, 'news', { signal: tooLate }).catch((cause) => {
        throw this.complaint(`has not said ${pattern} in ${seconds} s`, cause);
      });
    }
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /** Sends a signal; false when the child has already ended. */
  signal(signal: NodeJS.Signals): boolean {
    return !this.hasExited && this.child.kill(signal);
  }

  /** Writes to the child's stdin and closes it. */
  writeInput(text = ''): void {
    this.child.stdin.end(text);
  }

  private listen(): void {
    const { stdin, stdout, stderr } = this.child;
    stdout.setEncoding('utf8').on('data', (text) => this.hear({ stdout: text }));
    stderr.setEncoding('utf8').on('data', (text) => this.hear({ stderr: text }));
    // A child that ends without reading its stdin breaks the pipe: what it said tells why.
    stdin.on('error', (error) => this.hear({ stderr: `stdin: ${error.message}\n` }));
    this.child.on('error', (error) => this.hear({ stderr: `${error.message}\n` }));
    this.child.once('close', () => {
      this.hasExited = true;
      this.hear({});
    });
  }

  private hear({ stdout = '', stderr = '' }): void {
    this.stdout += stdout;
    this.stderr += stderr;
    this.news.emit('news');
  }

  private find(pattern: RegExp): RegExpExecArray | undefined {
    for (const text of [this.stdout, this.stderr]) {
      // The last piece may be half a line; a progress bar ends its lines with \r.
      for (const line of text.split(/[\r\n]+/).slice(0, -1)) {
        const found = new RegExp(pattern, pattern.flags.replace(/[gy]/g, '')).exec(line);
        if (found) return found;
      }
    }
    return undefined;
  }

  private complaint(problem: string, cause?: unknown): Error {
    const said = `${this.stdout}\n${this.stderr}`.trim();
    return new Error(`${this.command.join(' ')}\n${problem}. It said:\n${said}`, { cause });
  }
}
