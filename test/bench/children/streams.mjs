import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { answerCalls } from './calls.mjs';

/** Open pages, each with a stream over a connection of its own. */
answerCalls({ open, broken });

let ended = 0;

/** Opens so many for each cookie. @throws Error for an answer other than 200 */
async function open({ url, cookies, each }) {
  const agent = new Agent({ keepAlive: false, maxSockets: Number.POSITIVE_INFINITY });
  for (const cookie of cookies)
    await Promise.all(
      Array.from({ length: each }, () => follow(url, { agent, headers: { cookie } })),
    );
}

/** How many have ended since. */
function broken() {
  return ended;
}

async function follow(url, options) {
  const [response] = await once(get(url, options), 'response');
  if (response.statusCode !== 200) throw new Error(`${url} answered with ${response.statusCode}`);
  response.resume().once('close', () => ended++);
}
