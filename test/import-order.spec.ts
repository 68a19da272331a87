import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = join(import.meta.dirname, '..', 'src');

/** Each may import from itself and from those before it. */
const LAYERS = [
  'config',
  'platform',
  'github',
  'accounts',
  'members',
  'integrations',
  'notifications',
  'reviews',
  'core.module.ts',
  'api',
  'onboarding',
  'admin',
  'app.module.ts',
  'main.ts',
  'commands',
  'cli.ts',
];

/** A GitHub to try against: only the demo, the tests and the bench know it. */
const SIMULATOR_USERS = /^(simulator|commands\/demo)/;

interface Import {
  from: string;
  to: string;
}

const layerOf = (file: string): number => LAYERS.indexOf(file.split(sep)[0] ?? '');

function importsOf(file: string): Import[] {
  const source = readFileSync(join(SRC, file), 'utf8');
  const found = source.matchAll(/(?:from|import\()\s*'(\.[^']+)'|^import '(\.[^']+)'/gm);
  return [...found].map(([, one, other]) => ({
    from: file,
    to: relative(SRC, join(SRC, dirname(file), one ?? other ?? '')).replace(/\.js$/, '.ts'),
  }));
}

const show = ({ from, to }: Import): string => `${from} imports ${to}`;

describe('imports', () => {
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  const imports = files.flatMap(importsOf);

  it('were found', () => {
    expect(imports.length).toBeGreaterThan(200);
  });

  it('stay within a folder that has its place in the order', () => {
    const homeless = files.filter((file) => layerOf(file) < 0 && !file.startsWith('simulator'));
    expect(homeless).toEqual([]);
  });

  it('run one way only', () => {
    const backward = imports.filter(
      ({ from, to }) => layerOf(from) >= 0 && layerOf(to) > layerOf(from),
    );
    expect(backward.map(show)).toEqual([]);
  });

  it('leave the simulator to the demo', () => {
    const astray = imports.filter(
      ({ from, to }) => to.startsWith('simulator') && !SIMULATOR_USERS.test(from),
    );
    expect(astray.map(show)).toEqual([]);
  });

  it('let the simulator know nothing of the service', () => {
    const astray = imports.filter(
      ({ from, to }) => from.startsWith('simulator') && !to.startsWith('simulator'),
    );
    expect(astray.map(show)).toEqual([]);
  });

  it('read the environment in one file only', () => {
    const readers = files.filter((file) =>
      /process\.env/.test(readFileSync(join(SRC, file), 'utf8')),
    );
    expect(readers.filter((file) => !/^(config|commands|cli\.ts|main\.ts)/.test(file))).toEqual([]);
  });

  it('go in no circle, types included', () => {
    const done = new Set<string>();
    const visit = (file: string, path: string[]): string[] | undefined => {
      if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
      if (done.has(file)) return undefined;
      for (const { to } of imports.filter(({ from }) => from === file)) {
        const circle = visit(to, [...path, file]);
        if (circle) return circle;
      }
      done.add(file);
      return undefined;
    };
    expect(files.map((file) => visit(file, [])).find(Boolean)).toBeUndefined();
  });
});
