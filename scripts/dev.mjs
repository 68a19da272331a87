// `npm run dev`: builds what changes, and starts `serve` again with it. The data is kept in ./data.
import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const cwd = fileURLToPath(new URL('..', import.meta.url));
const env = {
  ...process.env,
  ADMIN_EMAIL: process.env.ADMIN_EMAIL || 'admin@localhost',
  ADMIN_PASSWORD: process.env.ADMIN_PASSWORD || 'development',
};

const built = spawnSync('npm', ['run', 'build', '--silent'], { cwd, stdio: 'inherit' });
if (built.status !== 0) process.exit(built.status ?? 1);

process.stdout.write(
  `Sign in as ${env.ADMIN_EMAIL} with the password ${env.ADMIN_PASSWORD}, unless the data is older than this.\n`,
);

// Not through npx, which does not pass on the signal that ends it.
const bin = (name) => join(cwd, 'node_modules', '.bin', name);

const css = ['--input', 'src/platform/web/app.css', '--output', 'dist/assets/app.css'];
const commands = [
  [bin('nest'), 'build', '--watch', '--preserveWatchOutput'],
  [bin('tsc'), '-p', 'migrations', '--watch', '--preserveWatchOutput'],
  // Without `always` it ends when its stdin does.
  [bin('tailwindcss'), ...css, '--watch=always'],
  // Views are read afresh for every page; code is not.
  ['node', '--watch', '--watch-preserve-output', 'dist/commands/run.js', 'serve'],
];
const children = commands.map(([command, ...args]) =>
  spawn(command, args, { cwd, env, stdio: 'inherit' }),
);

const stop = () => {
  for (const child of children) child.kill();
};
process.once('SIGINT', stop).once('SIGTERM', stop);
for (const child of children) child.once('exit', stop);
