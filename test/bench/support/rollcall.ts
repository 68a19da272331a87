import { fileURLToPath } from 'node:url';
import { Child } from '../../support/servers/child.js';
import { type Environment, inherited } from './measured-process.js';

const cli = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));

/** Starts `rollcall ARGS`. */
export const startRollcall = (args: string[], env: Environment): Child =>
  new Child([process.execPath, cli, ...args], { env: { ...inherited(), ...env } });

/** Runs `rollcall ARGS` to its end, and returns what it printed. @throws Error where it fails */
export async function rollcall(args: string[], env: Environment, stdin?: string): Promise<string> {
  const child = startRollcall(args, env);
  child.writeInput(stdin);
  const { code } = await child.exited;
  if (code !== 0) throw new Error(`rollcall ${args.join(' ')} failed: ${child.stderr}`);
  return child.stdout;
}
