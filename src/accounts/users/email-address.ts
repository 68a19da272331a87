const EMAIL = /^[^\s@]+@[^\s@]+$/;

/** RFC 5321, 4.5.3.1.3, without the angle brackets. */
const LONGEST = 254;

export const isEmailAddress = (text: string): boolean => text.length <= LONGEST && EMAIL.test(text);
