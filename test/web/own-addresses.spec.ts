import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');

/** What leads to another site; everything else that a view names is ours. */
const ELSEWHERE = [
  '{{avatar}}',
  '{{classicPage}}',
  '{{fineGrainedPage}}',
  '{{hooks}}',
  '{{installLink}}',
  '{{link}}',
  '{{organization.link}}',
  '{{person.avatar}}',
  '{{person.link}}',
];

const ATTRIBUTES =
  /[\s"'](href|src|srcset|action|formaction|poster|hx-(?:get|post|put|patch|delete|push-url|replace-url))\s*=\s*(\S[^">]*"?)/g;

const isRight = (value: string): boolean =>
  /^"(#|"|true"|\{\{base\}\}|(\{\{#if \w+\}\})?\{\{asset )/.test(value) ||
  ELSEWHERE.some((link) => value === `"${link}"`);

function linesOf(folder: string, extension: string): { file: string; line: string }[] {
  const files = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith(extension))
    .flatMap((file) => {
      const lines = readFileSync(join(ROOT, folder, file), 'utf8').split('\n');
      return lines.map((line) => ({ file, line }));
    });
}

it('views begin each address of ours with {{base}}', () => {
  const addresses = linesOf('views', '.hbs').flatMap(({ file, line }) =>
    [...line.matchAll(ATTRIBUTES)].map(([, name, value = '']) => ({ file, name, value })),
  );
  expect(addresses.length).toBeGreaterThan(90);
  expect(addresses.filter(({ value }) => !isRight(value))).toEqual([]);
});

it("page scripts name no address: they take it from the page's attributes", () => {
  expect(linesOf('views/assets', '.js').filter(({ line }) => /["'`]\/\w/.test(line))).toEqual([]);
});

it('answers have their headers set by setHeader, which knows the path, and cookies by OwnCookie', () => {
  const around = /\.(writeHead|cookie|clearCookie|appendHeader)\(|<(a|form|link|script) /;
  const lines = linesOf('src', '.ts').filter(
    // An email has whole addresses.
    ({ file }) =>
      !/^(simulator\/|platform\/web\/own-cookie|notifications\/sending\/email-text)/.test(file),
  );
  expect(lines.filter(({ line }) => around.test(line))).toEqual([]);
});
