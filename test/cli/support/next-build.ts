import { appendFile, cp, mkdtemp, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startNode } from '../../support/process.js';

const ROOT = join(import.meta.dirname, '..', '..', '..');

/** A later release: this build with more migrations, given as the statement of each. */
export async function nextBuild(statements: string[], env: Record<string, string>) {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-next-'));
  await cp(join(ROOT, 'dist'), join(folder, 'dist'), { recursive: true });
  for (const name of ['node_modules', 'package.json', 'views'])
    await symlink(join(ROOT, name), join(folder, name));
  await appendFile(
    join(folder, 'dist', 'bundle', 'migrations.js'),
    statements.map(migration).join(''),
  );
  return (args: readonly string[]) => startNode([join(folder, 'dist', 'cli.js'), ...args], env);
}

const migration = (statement: string, i: number): string => `
export class NextRelease${1_995_420_800_901 + i} {
  async up(queryRunner) {
    await queryRunner.query(${JSON.stringify(statement)});
  }
  async down() {}
}`;
