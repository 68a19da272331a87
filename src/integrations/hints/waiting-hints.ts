/** SQL: after a failed run, a hint waits for some time. */
export const MAY_START = '(hint.not_before IS NULL OR hint.not_before <= :now)';
