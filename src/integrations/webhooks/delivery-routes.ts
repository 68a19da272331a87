import type { INestApplicationContext } from '@nestjs/common';
import type { Request, RequestHandler, Response } from 'express';
import { PublicError } from '../../platform/public-error.js';
import type { SignedRoutes } from '../../platform/web/configure-web.js';
import { PROBLEM_TYPE, problemText } from '../../platform/web/problem-text.js';
import { DeliveryReceiver } from './receiving/delivery-receiver.js';
import { WEBHOOK_PATH } from './webhooks.service.js';

/** In s. */
const RETRY_AFTER = 5;

/** The routes that receive deliveries of GitHub: they need no session, no guard and no view. */
export function deliveryRoutes(app: INestApplicationContext): SignedRoutes {
  const receiver = app.get(DeliveryReceiver, { strict: false });
  return {
    [WEBHOOK_PATH]: answered((request) => receiver.ofApp(request)),
    [`${WEBHOOK_PATH}/:key`]: answered((request) =>
      receiver.ofIntegration(String(request.params.key), request),
    ),
  };
}

const answered =
  (receive: (request: Request) => Promise<string>): RequestHandler =>
  async (request, response, next) => {
    try {
      const delivery = await receive(request);
      send(response, 202, { type: 'application/json', text: JSON.stringify({ delivery }) });
    } catch (error) {
      if (!(error instanceof PublicError)) return next(error);
      if (error.status === 503) response.setHeader('Retry-After', RETRY_AFTER);
      send(response, error.status, { type: PROBLEM_TYPE, text: problemText(error) });
    }
  };

/** Express' own `send` would compute an ETag. */
function send(response: Response, status: number, { type, text }: { type: string; text: string }) {
  response.statusCode = status;
  response.setHeader('Content-Type', type);
  response.setHeader('Content-Length', Buffer.byteLength(text));
  response.setHeader('Cache-Control', 'no-store');
  response.end(text);
}
