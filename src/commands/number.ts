const format = new Intl.NumberFormat('en');

/** 2,500: the same wherever the process runs. */
export const number = (value: number): string => format.format(value);
