/**
 * Control characters, which control a terminal, and those that reorder text, which can make one name look like another
 * (https://www.unicode.org/reports/tr36/, Bidirectional Text Spoofing).
 */
const UNPRINTABLE = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]+/gu;

/** The same without white space. */
const INVISIBLE = /(?![\t\n\r])[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/** The text with such characters spelled out (`<U+202E>`), for files that must not lose any. White space stays. */
export const spelledOut = (text: string): string =>
  text.replace(INVISIBLE, (character) => `<U+${hexOf(character)}>`);

const hexOf = (character: string): string =>
  character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');

/** The text as one line that is safe for a terminal. */
export const printable = (text: string): string =>
  text.replace(/\n\s*/g, ' | ').replace(UNPRINTABLE, ' ');
