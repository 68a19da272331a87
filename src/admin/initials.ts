const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** One or two letters to show where there is no picture: of the first and the last word, in any script. */
export function initials(name: string): string {
  const words = name.split(/[\s\-_]+/u).filter((word) => word !== '');
  const ends = words.length > 1 ? [words.at(0), words.at(-1)] : words;
  return ends.map((word = '') => first(word)).join('');
}

const first = (word: string): string => {
  const [letter] = graphemes.segment(word);
  // A letter may carry any number of marks, and two are enough for anybody.
  return (letter?.segment ?? '').slice(0, 12).toUpperCase();
};
