import { onTestFinished } from 'vitest';

/** More failures tell no more. */
const MAX_FAILURES = 5;

/** Requests of a service that must not fail, one after the other in each of several loops; until the test ends. */
export class Load {
  readonly failures: string[] = [];
  answers = 0;
  private isOver = false;
  private readonly loops: Promise<void>[];

  /** @param url of the server at that moment @param paths what each loop asks for */
  constructor(
    private readonly url: () => string,
    paths: string[],
    private readonly headers: Record<string, string>,
  ) {
    this.loops = paths.map((path) => this.repeat(path));
    onTestFinished(() => this.stop());
  }

  async stop(): Promise<void> {
    this.isOver = true;
    await Promise.all(this.loops);
  }

  private async repeat(path: string): Promise<void> {
    while (!this.isOver && this.failures.length < MAX_FAILURES) {
      const asked = this.url() + path;
      const problem = await fetch(asked, { headers: this.headers, redirect: 'manual' }).then(
        async (answer) => {
          await answer.text();
          return answer.status === 200 ? undefined : String(answer.status);
        },
        (error: Error) => `${error.message}: ${error.cause}`,
      );
      this.answers++;
      if (problem) this.failures.push(`${asked}: ${problem}`);
    }
  }
}
