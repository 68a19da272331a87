import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isFound, termsOf } from '../../src/members/listing/search-terms.js';
import { nameKeys } from '../../src/members/writing/name-keys.js';

const found = (name: string, search: string) =>
  isFound(
    { loginKey: 'octocat', email: 'Octo@Example.com', ...nameKeys(name, 'Octocat') },
    termsOf(search),
  );

describe('what names are searched by', () => {
  it.each([
    ['Mara Lindqvist', ['mara', 'mara l', 'lind', 'lindqvist']],
    ['José-María Ruiz', ['jos', 'mar', 'maría r', 'ru']],
    ["(Sam) O'Connor", ['(sam', 'sam', "o'c", 'connor']],
    ['Ana Lúcia van der Berg dos Santos', ['lúcia', 'van der', 'der', 'berg', 'dos', 'santos']],
    ['Ana Bea Cleo Dora O’Neil-Ruiz', ['o’neil', 'ruiz']],
    [
      'Ana Bea Cleo (Dora)  Smith-Jones d’Arc',
      ['smith-jones', 'dora)  smith', '(dora', 'd’arc', 'arc'],
    ],
    ['李 小龍', ['李', '小']],
    ['', ['octo']],
    ['Antonín Dvořák', ['dvorak', 'Dvořák', 'DVORAK', 'dvořák antonin', 'antonin dvo']],
    ['Łukasz Øverås-Groß', ['lukasz', 'overas', 'gross', 'groß ł']],
    ['Ελένη', ['ελενη']],
    ['Ana Bea Cleo Dora Ruiz', ['ruiz ana', 'dora cleo bea', 'octo ana', '@octocat ruiz']],
    [
      'Ada (Lovelace)',
      ['lovelace) ada', 'ada - lovelace', '@octocat', 'octo@', 'OCTO@example.com'],
    ],
  ])('are the login and each word of %j', (name, texts) => {
    for (const text of texts) expect(found(name, text), text).toBe(true);
  });

  it.each([
    ['Mara Lindqvist', ['ara', 'qvist', 'linda', '%', 'mara x', 'example.com', 'cto@', '@']],
    ['Ana Lúcia van der Berg dos Santos', ['antos', 'erg', 'os', '%', '_', '--']],
    ['', ['cat']],
    // A mark of these scripts makes another letter.
    ['Андрей', ['андреи']],
  ])('are nothing within a word of %j', (name, texts) => {
    for (const text of texts) expect(found(name, text), text).toBe(false);
  });

  it('are each word, however many there are, as far as an index goes', () => {
    const word = fc.stringMatching(/^[a-zäπж]{1,8}$/);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 20 }), (words) => {
        for (const one of words) if (!found(words.join(' '), one)) return false;
        return true;
      }),
    );
    const { nameKey, nameKey2 } = nameKeys(`${'𝔸'.repeat(300)} x`, 'octocat');
    expect([...nameKey]).toHaveLength(255);
    expect(nameKey2).toBe('x');
  });

  it('are short enough for both databases, also where a letter becomes longer in lower case', () => {
    const keys = nameKeys('İ'.repeat(255), 'octocat');
    expect([...keys.nameKey].length).toBe(255);
  });

  it('begin with no blank, which would sort a name before all others', () => {
    expect(nameKeys('\u00a0 \u200bMara Lind', 'octocat')).toMatchObject({
      nameKey: 'mara lind',
      nameKey2: 'lind',
    });
    expect(nameKeys(' \t ', 'Octocat')).toMatchObject({ nameKey: 'octocat', nameKey2: null });
  });

  it('end with no space, which one database sees and the other does not', () => {
    expect(nameKeys('Mara\t', 'octocat').nameKey).toBe('mara');
    expect(nameKeys('Mara Lind \n', 'octocat')).toMatchObject({
      nameKey: 'mara lind',
      nameKey2: 'lind',
    });
    expect(nameKeys(`${'a'.repeat(254)}  b`, 'octocat').nameKey).toBe('a'.repeat(254));
  });
});
