import type { Reporter, SerializedError, TestModule, Vitest } from 'vitest/node';

/** Ends the report with `N passed, N failed`, alone on its line, for people and scripts to read. */
export default class TallyReporter implements Reporter {
  private vitest: Vitest | undefined;

  onInit(vitest: Vitest): void {
    this.vitest = vitest;
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    const passed = count(modules, 'passed');
    const skipped = count(modules, 'skipped');
    const failed = count(modules, 'failed') + failuresOutsideTests(modules) + errors.length;
    const tally = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
    this.vitest?.logger.log(tally);
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
