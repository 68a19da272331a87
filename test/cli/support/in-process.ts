import { AsyncLocalStorage } from 'node:async_hooks';
import { Readable } from 'node:stream';
import { reportFailure } from '../../../src/commands/outcome.js';
import { rollcall } from '../../../src/commands/program.js';
import type { CommandResult } from '../../support/process.js';

/** What a command sees instead of the process: it costs a tenth of a process. */
interface Call {
  env: NodeJS.ProcessEnv;
  stdin: Readable;
  stdout: string;
  stderr: string;
}

const calls = new AsyncLocalStorage<Call>();

/** Runs `rollcall ARGS` to its end within this process, with this environment and nothing more. */
export async function runInProcess(
  args: readonly string[],
  { env, stdin = '' }: { env: NodeJS.ProcessEnv; stdin?: string },
): Promise<CommandResult> {
  divertProcess();
  const call: Call = { env, stdin: Readable.from([Buffer.from(stdin)]), stdout: '', stderr: '' };
  const code = await calls.run(call, () => exitCodeOf(args));
  return { code, stdout: call.stdout, stderr: call.stderr };
}

async function exitCodeOf(args: readonly string[]): Promise<number> {
  try {
    await rollcall().parseAsync(args, { from: 'user' });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    return reportFailure(error);
  } finally {
    process.exitCode = undefined;
  }
}

let isDiverted = false;

/** Gives each call its own environment and streams, whatever else runs at the same time. */
function divertProcess(): void {
  if (isDiverted) return;
  isDiverted = true;
  const { env, stdin } = process;
  const present = () => calls.getStore()?.env ?? env;
  process.env = new Proxy(env, {
    get: (_, name) => Reflect.get(present(), name),
    set: (_, name, value) => Reflect.set(present(), name, value),
    deleteProperty: (_, name) => Reflect.deleteProperty(present(), name),
    has: (_, name) => Reflect.has(present(), name),
    ownKeys: () => Reflect.ownKeys(present()),
    getOwnPropertyDescriptor: (_, name) => Reflect.getOwnPropertyDescriptor(present(), name),
  });
  Object.defineProperty(process, 'stdin', { get: () => calls.getStore()?.stdin ?? stdin });
  for (const name of ['stdout', 'stderr'] as const) divertWrites(name);
}

function divertWrites(name: 'stdout' | 'stderr'): void {
  const stream = process[name];
  const write = stream.write;
  const divert = (...args: unknown[]): boolean => {
    const call = calls.getStore();
    if (!call) return Reflect.apply(write, stream, args);
    call[name] += String(args[0]);
    const done = args.find((one) => typeof one === 'function') as (() => void) | undefined;
    done?.();
    return true;
  };
  stream.write = divert as typeof write;
}
