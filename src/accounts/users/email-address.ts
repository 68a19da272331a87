const EMAIL = /^[^\s@]+@[^\s@]+$/;

/** RFC 5321, 4.5.3.1.3, without the angle brackets. */
const MAX_LENGTH = 254;

export const isEmailAddress = (text: string): boolean =>
  text.length <= MAX_LENGTH && EMAIL.test(text);
