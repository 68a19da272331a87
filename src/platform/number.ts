const format = new Intl.NumberFormat('en');

/** `2,500`, independent of the machine's locale. */
export const number = (value: number): string => format.format(value);
