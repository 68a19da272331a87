import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rollcall } from '../src/commands/program.js';
import { environment } from '../src/config/environment.js';
import { fileVariable, SECRETS } from '../src/config/secret-files.js';

const ROOT = join(import.meta.dirname, '..');
const DOCS = join(ROOT, 'docs');

/** In bytes. */
const LARGEST_README = 8_000;

const pagesOfDocs = readdirSync(DOCS).filter((name) => name.endsWith('.md'));
const pages = [join(ROOT, 'README.md'), ...pagesOfDocs.map((name) => join(DOCS, name))];

const read = (path: string): string => readFileSync(path, 'utf8');
const doc = (name: string): string => read(join(DOCS, name));

const withoutFences = (text: string): string => text.replace(/^```[^\n]*\n[\s\S]*?^```$/gm, '');

const linksOf = (text: string): string[] =>
  [...withoutFences(text).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target));

/** As GitHub makes the anchor of a heading. */
const anchorOf = (heading: string): string =>
  heading
    .replace(/[`*]/g, '')
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-');

const anchorsOf = (text: string): string[] =>
  [...withoutFences(text).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));

/** Why a link of the page leads nowhere; undefined for a good one. */
function faultOf(page: string, link: string): string | undefined {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : resolve(dirname(page), path);
  if (!existsSync(target)) return `${relative(ROOT, page)}: no file ${link}`;
  if (anchor === undefined || anchorsOf(read(target)).includes(anchor)) return undefined;
  return `${relative(ROOT, page)}: no heading ${link}`;
}

/** The paths of the repository that a page names, in links, code and text. */
const pathsIn = (text: string): string[] =>
  [...text.matchAll(/(?<![\w./-])(?:src|views|test|migrations)\/[\w./-]*\w/g)].map(
    ([path]) => path,
  );

/** What stands in backticks, each word by itself. */
const wordsInCode = (text: string): Set<string> =>
  new Set(
    [...withoutFences(text).matchAll(/`([^`]+)`/g)].flatMap(([, code = '']) =>
      code.split(/[\s[\]]+/),
    ),
  );

const missing = (names: string[], text: string): string[] => {
  const words = wordsInCode(text);
  return names.filter((name) => !words.has(name));
};

/** The codes of the errors that people meet. */
function errorCodes(): string[] {
  const src = join(ROOT, 'src');
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.startsWith('simulator'),
  );
  const codes = files.flatMap((file) =>
    [
      ...read(join(src, file)).matchAll(
        /(?:new (?:PublicError|GithubFailure|SignInDelayed)\(\s*(?:\d+,\s*)?|\bcode: |\b(?:conflict|refusal)\(\s*|^ {2}\| )'([a-z]+(?:_[a-z]+)+)'/gm,
      ),
    ].map(([, code = '']) => code),
  );
  return [...new Set(codes)].sort();
}

describe('the documentation', () => {
  it('has links that lead somewhere', () => {
    const faults = pages.flatMap((page) => linksOf(read(page)).map((link) => faultOf(page, link)));
    expect(faults.length).toBeGreaterThan(50);
    expect(faults.filter(Boolean)).toEqual([]);
  });

  it('names paths that exist', () => {
    const paths = pages.flatMap((page) => pathsIn(read(page)));
    expect(paths.length).toBeGreaterThan(30);
    expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  it('names every environment variable', () => {
    const variables = [...Object.keys(environment.shape), ...SECRETS.map(fileVariable)];
    expect(missing(variables, doc('configuration.md'))).toEqual([]);
  });

  it('names every command of the command line, with its options', () => {
    const commands = rollcall().commands.flatMap((command) => [
      command.name(),
      ...command.options.map(({ long }) => long ?? ''),
    ]);
    expect(commands.length).toBeGreaterThan(20);
    expect(missing(commands, doc('command-line.md'))).toEqual([]);
  });

  it('explains every error code', () => {
    const codes = errorCodes();
    expect(codes.length).toBeGreaterThan(60);
    expect(missing(codes, doc('troubleshooting.md'))).toEqual([]);
  });

  it('says why each package is there', () => {
    const { dependencies, devDependencies } = JSON.parse(read(join(ROOT, 'package.json')));
    const packages = Object.keys({ ...dependencies, ...devDependencies });
    const named = packages.filter((name) => !name.startsWith('@types/'));
    expect(missing(named, doc('dependencies.md'))).toEqual([]);
  });

  it('has a page list that lists every page', () => {
    const listed = linksOf(doc('README.md'));
    const others = pagesOfDocs.filter((name) => name !== 'README.md');
    expect(others.filter((name) => !listed.includes(name))).toEqual([]);
  });

  it('has a short README', () => {
    expect(Buffer.byteLength(read(join(ROOT, 'README.md')))).toBeLessThanOrEqual(LARGEST_README);
  });
});
