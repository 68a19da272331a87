import { createHmac, randomUUID } from 'node:crypto';
import { Pool } from 'undici';
import { answerCalls } from './calls.mjs';

/** Sends deliveries at a fixed pace, whether or not the ones before are answered. */
answerCalls({ start, stop });

/** More than that wait for their answer at no time. */
const CONNECTIONS = 500;

/** How often a part of a second's deliveries is sent, in ms. */
const EVERY = 20;

const statuses = {};
let pool;
let timer;
let waiting = 0;

/** Returns once the first was answered. @param bodies are sent in turn @param secret signs them */
async function start({ url, bodies, secret, perSecond }) {
  const { origin, pathname: path } = new URL(url);
  pool = new Pool(origin, { connections: CONNECTIONS, pipelining: 1 });
  const ready = bodies.map((body) => [
    body,
    `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
  ]);
  let sent = 0;
  const send = async () => {
    const [body, signature] = ready[sent++ % ready.length];
    waiting++;
    const status = await answerTo({ path, body, signature }).catch(({ code }) => code);
    waiting--;
    statuses[status] = (statuses[status] ?? 0) + 1;
  };
  await send();
  const began = performance.now();
  timer = setInterval(() => {
    const due = ((performance.now() - began) * perSecond) / 1_000;
    while (sent < due) {
      if (waiting >= CONNECTIONS) sent++;
      else void send();
    }
  }, EVERY);
}

async function answerTo({ path, body, signature }) {
  const headers = {
    'content-type': 'application/json',
    'x-github-delivery': randomUUID(),
    'x-github-event': 'organization',
    'x-hub-signature-256': signature,
  };
  const answer = await pool.request({ path, method: 'POST', headers, body });
  await answer.body.dump();
  return answer.statusCode;
}

/** How many answers of each status there were. */
async function stop() {
  clearInterval(timer);
  await pool.destroy();
  return statuses;
}
