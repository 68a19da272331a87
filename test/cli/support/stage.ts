import { vi } from 'vitest';
import { runCommand, type StartedProcess, startProcess } from '../../support/process.js';
import { type ServiceOptions, startGithub, testEnvironment } from '../../support/service.js';

// Each command is a process of its own, which takes a second to start, and longer while other specs run.
vi.setConfig({ testTimeout: 120_000 });

/** A simulated GitHub, an empty database, and the command line on both. */
export async function stage({ members, ...options }: ServiceOptions & { members?: number } = {}) {
  const github = await startGithub({ members });
  const variables = await testEnvironment({
    ...options,
    env: { GITHUB_API_URL: github.simulator.url, ...options.env },
  });
  const env = variables as Record<string, string>;
  const rollcall = (args: readonly string[], stdin?: string) => runCommand(args, { env, stdin });
  return {
    ...github,
    env,
    rollcall,
    start: (args: readonly string[]): StartedProcess => startProcess(args, env),
    /** Connects `acme`. */
    connect: async () => {
      const { stdout } = await rollcall(
        ['connect', 'acme', '--token-stdin', '--json'],
        github.token,
      );
      return JSON.parse(stdout).integration as { id: number };
    },
    /** What the command printed as JSON. */
    json: async (args: readonly string[]) =>
      JSON.parse((await rollcall([...args, '--json'])).stdout),
  };
}

/** An error is one line, with no trace of where it came from. */
export const oneLine = /^rollcall: [^\n]+\n$/;
