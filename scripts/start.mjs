// `npm start`: serves, after building where what was built is missing or older than its sources.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const cli = join(root, 'dist', 'cli.js');
const sources = ['src', 'migrations', 'views', 'package-lock.json'];

/** When anything in the folder last changed. A folder's own time shows what was removed from it. */
function newest(path) {
  const stat = statSync(path);
  const inside = stat.isDirectory() ? readdirSync(path) : [];
  return Math.max(stat.mtimeMs, ...inside.map((name) => newest(join(path, name))));
}

function isBuilt() {
  const products = [cli, join(root, 'dist', 'assets', 'app.css'), join(root, 'dist', 'migrations')];
  if (!products.every((path) => existsSync(path))) return false;
  const changed = Math.max(...sources.map((path) => newest(join(root, path))));
  // A build leaves alone what comes out the same, except the migrations, which it writes after the code.
  return newest(join(root, 'dist', 'migrations')) > changed;
}

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
