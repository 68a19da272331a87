import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { answerCalls } from './calls.mjs';

/** Clients who ask for a file again as soon as they have it, and a moment after they were refused. */
answerCalls({ start, stop });

/** In ms. */
const REFUSED = 1_000;

let stopping;
let clients = [];
const answers = {};

function start({ url, headers, clients: count }) {
  stopping = new AbortController();
  setMaxListeners(0, stopping.signal);
  const dispatcher = new Agent({ connections: count, pipelining: 1 });
  clients = Array.from({ length: count }, () => ask({ url, headers, dispatcher }));
}

/** They leave in the middle. Returns how many answers of each status there were. */
async function stop() {
  stopping.abort();
  await Promise.all(clients);
  return answers;
}

async function ask({ url, headers, dispatcher }) {
  const { signal } = stopping;
  try {
    while (!signal.aborted) {
      const { statusCode, body } = await request(url, { headers, dispatcher, signal });
      await body.dump({ limit: Number.POSITIVE_INFINITY });
      answers[statusCode] = (answers[statusCode] ?? 0) + 1;
      if (statusCode !== 200) await delay(REFUSED, undefined, { signal });
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
