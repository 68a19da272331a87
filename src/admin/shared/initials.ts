const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * One or two letters or digits in place of a picture: from the first and the last word of the name, in any script; of the
 * login where the name has none.
 */
export function initials(name: string, login = ''): string {
  const named = wordsOf(name);
  const words = named.length > 0 ? named : wordsOf(login);
  const ends = words.length > 1 ? [words.at(0), words.at(-1)] : words;
  return ends.map((word = '') => first(word)).join('');
}

/** The words that have a letter or a digit, each from the first of these on. */
const wordsOf = (text: string): string[] =>
  text
    .split(/[\s\-_]+/u)
    .map((word) => word.replace(/^[^\p{L}\p{N}]+/u, ''))
    .filter((word) => word !== '');

/** A single letter without combining marks: the fast path. Segmenting takes a hundred times longer. */
const LETTER =
  /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Han}\d](?!\p{M}|\u200d)/u;

const first = (word: string): string => {
  const [plain] = LETTER.exec(word) ?? [];
  if (plain) return plain.toUpperCase();
  const [letter] = graphemes.segment(word);
  // A letter can have any number of combining marks. Limit the length.
  return (letter?.segment ?? '').slice(0, 12).toUpperCase();
};
