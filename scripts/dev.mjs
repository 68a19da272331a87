// `npm run dev`: builds what changes, and starts `serve` again with it. The data is kept in ./data.
import { spawn, spawnSync } from 'node:child_process';
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

const css = ['--input', 'src/platform/web/app.css', '--output', 'dist/assets/app.css'];
const commands = [
  ['npx', 'nest', 'build', '--watch', '--preserveWatchOutput'],
  ['npx', 'tsc', '-p', 'migrations', '--watch', '--preserveWatchOutput'],
  // Without `always` it ends when its stdin does.
  ['npx', 'tailwindcss', ...css, '--watch=always'],
  // Views are read afresh for every page; code is not.
  ['node', '--watch', '--watch-preserve-output', 'dist/cli.js', 'serve'],
];
const children = commands.map(([command, ...args]) =>
  spawn(command, args, { cwd, env, stdio: 'inherit' }),
);

const stop = () => {
  for (const child of children) child.kill();
};
process.once('SIGINT', stop).once('SIGTERM', stop);
for (const child of children) child.once('exit', stop);
