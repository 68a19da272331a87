import { Pool } from 'undici';
import { answerCalls } from './calls.mjs';

/** Strangers who try to sign in again as soon as they are refused, each time as somebody else. */
answerCalls({ start, stop });

let isOver = false;
let done;
const statuses = {};

/** Returns once the first was answered. @param addresses from how many the tries seem to come */
async function start({ url, clients, addresses }) {
  const pool = new Pool(url, { connections: clients, pipelining: 1 });
  let tries = 0;
  const attempt = async () => {
    const i = tries++;
    const { statusCode, body } = await pool.request({
      path: '/sign-in',
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-forwarded-for': `198.18.${(i % addresses) >> 8}.${(i % addresses) & 255}`,
      },
      body: `email=stranger${i}%40example.com&password=wrong`,
    });
    await body.dump();
    statuses[statusCode] = (statuses[statusCode] ?? 0) + 1;
  };
  const client = async () => {
    while (!isOver) await attempt();
  };
  const first = attempt();
  done = Promise.all(Array.from({ length: clients }, client)).then(() => pool.close());
  await first;
}

/** How many answers of each status there were. */
async function stop() {
  isOver = true;
  await done;
  return statuses;
}
