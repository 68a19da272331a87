import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEachFile } from './at-end.js';
import { Child } from './servers/child.js';

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

const node = [process.execPath];

/** Root without capabilities is a user like any other; its files stay its own. */
const dropPrivileges =
  process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-all', '--inh-caps=-all', '--'] : [];

type Environment = Record<string, string>;

export interface CommandResult {
  /** Null when a signal ended it. */
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A running command: what it says, and how it ends. */
export class StartedProcess extends Child {
  /** The address of the ready line. */
  get ready(): Promise<string> {
    return this.waitForLine(/^Rollcall is ready on (http\S+)$/).then(([, url = '']) => url);
  }
}

const started = new Set<StartedProcess>();

/** Starts `rollcall ARGS` with this environment and nothing more than PATH, HOME and TZ. */
export function startProcess(args: readonly string[], env: Environment): StartedProcess {
  return startNode([cli, ...args], env);
}

interface CommandOptions {
  env?: Environment;
  stdin?: string;
  /** Whether the rights of files hold for it also where the tests run as root. */
  withoutPrivileges?: boolean;
}

/** Runs `rollcall ARGS` to its end; without `stdin`, it reads an empty one. */
export async function runCommand(
  args: readonly string[],
  { env = {}, stdin, withoutPrivileges = false }: CommandOptions = {},
): Promise<CommandResult> {
  const child = start([...(withoutPrivileges ? dropPrivileges : []), ...node, cli, ...args], env);
  child.writeInput(stdin);
  const { code } = await child.exited;
  return { code, stdout: child.stdout, stderr: child.stderr };
}

/** As `startProcess`, for any script; also what proves this file. */
export const startNode = (args: readonly string[], env: Environment): StartedProcess =>
  start([...node, ...args], env);

function start(command: readonly string[], env: Environment): StartedProcess {
  const child = new StartedProcess(command, {
    env: { ...inherited(), ...env },
    // Not our folder: a command must find its own files from anywhere, and leave no data in ours.
    cwd: workFolder(),
  });
  started.add(child);
  return child;
}

/** Kills whatever is still running; the end of a spec does it by itself. */
export async function stopAll(): Promise<void> {
  const children = [...started];
  started.clear();
  for (const child of children) child.signal('SIGKILL');
  await Promise.all(children.map(({ exited }) => exited));
}

afterEachFile(stopAll);

let folder: string | undefined;

function workFolder(): string {
  folder ??= mkdtempSync(join(tmpdir(), 'rollcall-process-'));
  return folder;
}

function inherited(): Environment {
  const { PATH = '', HOME = '', TZ = 'UTC' } = process.env;
  return { PATH, HOME, TZ };
}
