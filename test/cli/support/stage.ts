import { runCommand, type StartedProcess, startProcess } from '../../support/process.js';
import { type ServiceOptions, startGithub, testEnvironment } from '../../support/service.js';
import { runInProcess } from './in-process.js';

/** A simulated GitHub, an empty database, and the command line on both: within this process, or started as its own. */
export async function stage({ members, ...options }: ServiceOptions & { members?: number } = {}) {
  const github = await startGithub({ members });
  const variables = await testEnvironment({
    ...options,
    env: { GITHUB_API_URL: github.simulator.url, ...options.env },
  });
  const env = variables as Record<string, string>;
  const rollcall = (args: readonly string[], stdin?: string) =>
    isServer(args) ? runCommand(args, { env, stdin }) : runInProcess(args, { env, stdin });
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

const isServer = ([command = '']: readonly string[]): boolean =>
  ['serve', 'worker', 'demo'].includes(command);

/** An error is one line, with no trace of where it came from. */
export const oneLine = /^rollcall: [^\n]+\n$/;
