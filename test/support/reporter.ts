import type { Reporter, SerializedError, TestModule } from 'vitest/node';

/** Ends the run with `N passed, N failed`, alone on its line, for people and scripts to read. */
export default class TallyReporter implements Reporter {
  private tally = { passed: 0, failed: 0, skipped: 0 };

  onInit(): void {
    // What goes wrong outside the tests is reported after them, so the last line waits for the exit.
    process.once('exit', (code) => this.print(code));
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    this.tally = {
      passed: count(modules, 'passed'),
      failed: count(modules, 'failed') + failuresOutsideTests(modules) + errors.length,
      skipped: count(modules, 'skipped'),
    };
  }

  private print(exitCode: number): void {
    const { passed, failed, skipped } = this.tally;
    // A run that could not even begin has no failed test to show for it.
    const failures = exitCode === 0 ? failed : Math.max(failed, 1);
    const skips = skipped > 0 ? `, ${skipped} skipped` : '';
    process.stdout.write(`${passed} passed, ${failures} failed${skips}\n`);
  }
}

function count(modules: readonly TestModule[], state: 'passed' | 'failed' | 'skipped'): number {
  return modules.reduce((sum, module) => sum + [...module.children.allTests(state)].length, 0);
}

/** A spec that cannot be loaded, or a hook that fails, fails the run without failing a test. */
function failuresOutsideTests(modules: readonly TestModule[]): number {
  return modules
    .flatMap((module) => [module, ...module.children.allSuites()])
    .reduce((sum, task) => sum + task.errors().length, 0);
}
