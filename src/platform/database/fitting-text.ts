/** A text as both databases store and return it: without NUL, well formed, with at most so many code points. */
export function fittingText(text: string, most: number): string {
  const whole = text.replaceAll('\0', '').toWellFormed();
  return whole.length <= most ? whole : [...whole].slice(0, most).join('');
}
