import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const cli = join(root, 'dist', 'cli.js');
const sources = ['src', 'migrations', 'views', 'package-lock.json'];

/** When anything in the folder last changed. A folder's own time shows what was removed from it. */
function newest(path) {
  const stat = statSync(path);
  const inside = stat.isDirectory() ? readdirSync(path) : [];
  return Math.max(stat.mtimeMs, ...inside.map((name) => newest(join(path, name))));
}

/** Whether dist/ is there, and newer than its sources. */
export function isBuilt() {
  const products = [cli, join(root, 'dist', 'assets', 'app.css'), join(root, 'dist', 'migrations')];
  if (!products.every((path) => existsSync(path))) return false;
  const changed = Math.max(...sources.map((path) => newest(join(root, path))));
  // A build leaves alone what comes out the same, except the migrations, which it writes after the code.
  return newest(join(root, 'dist', 'migrations')) > changed;
}
