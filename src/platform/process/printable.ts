/**
 * Control characters, which drive a terminal, and those that reorder text, which let a name pass for another
 * (https://www.unicode.org/reports/tr36/, Bidirectional Text Spoofing).
 */
const UNPRINTABLE = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]+/gu;

/** Those of them that are no white space. */
const INVISIBLE = /(?![\t\n\r])[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/** The text with such characters spelled out (`<U+202E>`), for a file in which nothing may be lost. White space stays. */
export const spelledOut = (text: string): string =>
  text.replace(INVISIBLE, (character) => `<U+${hexOf(character)}>`);

const hexOf = (character: string): string =>
  character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');

/** The text on one line of a terminal, whoever typed it. */
export const printable = (text: string): string =>
  text.replace(/\n\s*/g, ' | ').replace(UNPRINTABLE, ' ');
