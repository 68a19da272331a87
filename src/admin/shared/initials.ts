const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** One or two letters in place of a picture: from the first and the last word, in any script. */
export function initials(name: string): string {
  const words = name.split(/[\s\-_]+/u).filter((word) => word !== '');
  const ends = words.length > 1 ? [words.at(0), words.at(-1)] : words;
  return ends.map((word = '') => first(word)).join('');
}

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
