/**
 * Control characters, which drive a terminal, and those that reorder text, which let a name pass for another
 * (https://www.unicode.org/reports/tr36/, Bidirectional Text Spoofing).
 */
const UNPRINTABLE = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]+/gu;

/** The text on one line of a terminal, whoever typed it. */
export const printable = (text: string): string =>
  text.replace(/\n\s*/g, ' | ').replace(UNPRINTABLE, ' ');
