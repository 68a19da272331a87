import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { DockerfileParser, type Instruction } from 'dockerfile-ast';
import { Child } from '../../support/servers/child.js';

export const ROOT = join(import.meta.dirname, '..', '..', '..');

export const dockerfile = readFileSync(join(ROOT, 'Dockerfile'), 'utf8');

/** The user that the process gets: nobody, as in the image it owns none of the program's files. */
const NOBODY = 65_534;

const run = promisify(execFile);

/** What the last stage of the Dockerfile says. */
export interface Image {
  /** Paths of the checkout that the image gets, `node_modules` without what only development needs. */
  copies: string[];
  env: Record<string, string>;
  entrypoint: string[];
  command: string[];
  healthcheck: string[];
  user: string;
}

export function readImage(): Image {
  const all = DockerfileParser.parse(dockerfile).getInstructions();
  const last = all.findLastIndex((one) => one.getKeyword() === 'FROM');
  const stage = all.slice(last + 1);
  const of = (keyword: string) => stage.filter((one) => one.getKeyword() === keyword);
  const words = (one: Instruction): string[] =>
    one.getArguments().map((argument) => argument.getValue());
  return {
    copies: of('COPY')
      .flatMap((one) =>
        words(one)
          .filter((word) => !word.startsWith('--'))
          .slice(0, -1),
      )
      .map(plainPath),
    env: Object.fromEntries(
      of('ENV').map((one) => words(one).join(' ').split('=') as [string, string]),
    ),
    entrypoint: jsonOf(of('ENTRYPOINT')),
    command: jsonOf(of('CMD')),
    healthcheck: jsonOf(of('HEALTHCHECK')),
    user: of('USER').flatMap(words).join(' '),
  };
}

const plainPath = (path: string): string => path.replace(/^(\/app\/|\.\/)/, '');

/** The exec form, which needs no shell. */
function jsonOf(instructions: Instruction[]): string[] {
  const [, text = '[]'] = /(\[.*\])\s*$/s.exec(instructions.at(-1)?.getTextContent() ?? '') ?? [];
  return JSON.parse(text);
}

/** The first stage: what `.dockerignore` lets through, built in a clean folder. */
async function build(): Promise<string> {
  const context = await mkdtemp(join(tmpdir(), 'rollcall-build-'));
  const ignored = readFileSync(join(ROOT, '.dockerignore'), 'utf8').split('\n');
  for (const line of ignored.filter((one) => one.startsWith('!')))
    await cp(join(ROOT, line.slice(1)), join(context, line.slice(1)), { recursive: true });
  await symlink(join(ROOT, 'node_modules'), join(context, 'node_modules'));
  await run('npm', ['run', 'build'], { cwd: context });
  return context;
}

/** The program as the image has it, in a folder that nobody can write to. */
export async function layOut({ copies }: Image): Promise<string> {
  // The folder of all tests' data is root's alone.
  await chmod(tmpdir(), 0o711);
  const context = await build();
  const app = await mkdtemp(join(tmpdir(), 'rollcall-image-'));
  for (const path of copies)
    if (path === 'node_modules') await copyRunTimeModules(app);
    else await cp(join(context, path), join(app, path), { recursive: true });
  await rm(context, { recursive: true, force: true });
  await run('chmod', ['-R', 'a-w,a+rX', app]);
  return app;
}

async function copyRunTimeModules(app: string): Promise<void> {
  const list = ['ls', '--omit=dev', '--all', '--parseable'];
  const { stdout } = await run('npm', list, { cwd: ROOT, maxBuffer: 10 ** 7 });
  for (const path of stdout.trim().split('\n').slice(1)) {
    const to = join(app, relative(ROOT, path));
    await mkdir(to, { recursive: true });
    // Modules within a module are on the list themselves.
    const filter = (from: string) => !from.slice(path.length).includes('/node_modules');
    await cp(path, to, { recursive: true, filter });
  }
}

export async function removeLayout(app: string): Promise<void> {
  await run('chmod', ['-R', 'u+w', app]);
  await rm(app, { recursive: true, force: true });
}

/** A folder that the container's user alone can use, as a volume. */
export async function makeVolume(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-volume-'));
  if (process.getuid?.() === 0) await run('chown', [`${NOBODY}:${NOBODY}`, folder]);
  await chmod(folder, 0o700);
  return folder;
}

/** A process of a container: neither root nor any environment but its own. */
export class Container extends Child {
  constructor(app: string, command: string[], env: Record<string, string>) {
    const dropped =
      process.getuid?.() === 0
        ? [
            'setpriv',
            `--reuid=${NOBODY}`,
            `--regid=${NOBODY}`,
            '--clear-groups',
            '--no-new-privs',
            '--bounding-set=-all',
            '--',
          ]
        : [];
    super(
      [
        ...dropped,
        ...command.map((word, i) => (i === 0 && word === 'node' ? process.execPath : word)),
      ],
      {
        cwd: app,
        env: { PATH: process.env.PATH, ...env },
      },
    );
  }
}
