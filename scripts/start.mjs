// `npm start`: serves, after building where what was built is missing or older than its sources.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isBuilt } from './is-built.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const cli = join(root, 'dist', 'cli.js');

function build() {
  const { status, stdout, stderr, error } = spawnSync('npm', ['run', 'build'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status === 0) return;
  process.stderr.write(`${stdout ?? ''}${stderr ?? error?.message}\n`);
  process.stderr.write('Rollcall could not be built (see above). Run `npm ci`, then try again.\n');
  process.exit(1);
}

if (!isBuilt()) build();
// In this process, so that signals, the exit code and the terminal are the command's own.
process.argv.splice(1, 1, cli, 'serve');
await import(pathToFileURL(cli).href);
