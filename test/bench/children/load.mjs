import { Pool } from 'undici';
import { answerCalls } from './calls.mjs';

/** Visitors who ask again as soon as they are answered, each over a connection of their own. */
answerCalls({ load });

/** How long each answer took, in ms. @throws Error for an answer other than 200 */
async function load({ url, path, method, headers, connections, requests }) {
  const pool = new Pool(url, { connections, pipelining: 1 });
  const times = [];
  let left = requests;
  const visit = async () => {
    while (left-- > 0) {
      const started = performance.now();
      const { statusCode, body } = await pool.request({ path, method, headers });
      const text = await body.text();
      times.push(performance.now() - started);
      if (statusCode !== 200) throw new Error(`${path} answered with ${statusCode}: ${text}`);
    }
  };
  await Promise.all(Array.from({ length: connections }, visit));
  await pool.close();
  return times;
}
