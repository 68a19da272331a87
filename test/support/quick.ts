/** Whether only what is quick runs: on SQLite alone, without servers, browsers and processes (`npm run test:quick`). */
export const isQuick = process.env.ROLLCALL_TEST_QUICK === '1';
