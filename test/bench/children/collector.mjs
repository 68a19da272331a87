import { createServer } from 'node:http';
import { answerCalls } from './calls.mjs';

/** A collector of traces that takes everything and keeps nothing. */
answerCalls({ serve, received: () => received });

/** How many exports came. */
let received = 0;

function serve() {
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      received++;
      response.setHeader('Content-Type', 'application/json').end('{}');
    });
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${server.address().port}`));
  });
}
