import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { MAX_BODY_DEPTH } from '../platform/web/json-depth.js';
import { WebModule } from '../platform/web/web.module.js';
import { ApiModule } from './api.module.js';

const description = `Keeps an always-current, auditable roster of a GitHub organization.

Every request needs \`Authorization: Bearer TOKEN\`. An admin of the team creates tokens under **API tokens**, or with
\`rollcall token NAME\`. Enter a token here with **Authorize**. Bodies are JSON in UTF-8 with \`Content-Type: application/json\`.
Lists are paged: send \`nextCursor\` as \`cursor\` until it is null. Times are ISO 8601, UTC, with milliseconds.

Every JSON response to a \`GET\` has an \`ETag\`. Send it as \`If-None-Match\`: if the content is unchanged, the response is 304 without a body.
\`HEAD\` returns only the headers. The requests of each token per minute are limited; above the limit the response is 429 with \`Retry-After\`.

Errors are problem details (RFC 9457) with a stable \`code\`, what happened (\`detail\`), and what to do next (\`remedy\`). Each
route lists its own codes. Every route can return these:

| status | code |
| --- | --- |
| 400 | \`malformed_request\` |
| 404 | \`not_found\`: the address does not exist |
| 405 | \`method_not_allowed\`: \`Allow\` lists the allowed methods |
| 413 | \`body_too_large\`: over 100 kB |
| 415 | \`unsupported_media_type\` |
| 422 | \`validation_failed\`: \`remedy\` lists each wrong value |
| 422 | \`body_too_deep\`: more than ${MAX_BODY_DEPTH} levels of nested objects and arrays |
| 500 | \`internal\`: an internal error |
| 503 | \`database_unavailable\`: no data was lost, try again in a moment |
| 507 | \`disk_full\`: the database disk is full |`;

/**
 * Serves the API's documentation at /docs and its OpenAPI document at /docs/openapi.json, to everybody: they contain no
 * secret. Call it after the middleware that sets headers, and before the application listens.
 */
export function setUpSwagger(app: INestApplication): void {
  const { publicPath } = app.get<Config>(CONFIG);
  const document = () =>
    SwaggerModule.createDocument(app, base(publicPath), { include: [ApiModule, WebModule] });
  SwaggerModule.setup('docs', app, document, {
    raw: ['json'],
    jsonDocumentUrl: 'docs/openapi.json',
    customSiteTitle: 'Rollcall API',
    // The bar is only for loading other documents.
    customCss: '.swagger-ui .topbar { display: none }',
    // Otherwise Swagger UI sends the document to its makers' validator.
    swaggerOptions: { validatorUrl: null },
  });
}

const base = (publicPath: string) =>
  new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Rollcall')
    .setDescription(`[Back to Rollcall](${publicPath}/)\n\n${description}`)
    .setVersion('1')
    .setLicense('MIT', 'https://opensource.org/license/mit')
    // The server's path, so that it is right under every origin.
    .addServer(publicPath || '/')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An API token of your team.' })
    .addTag('Integrations', "A team's organizations on GitHub.")
    .addTag('Member syncs', 'Brings a directory in step with GitHub, in the background.')
    .addTag('Webhooks', 'Whether GitHub tells an integration about changes, and where.')
    .addTag('Members', 'The directory of an organization.')
    .addTag('GitHub teams', 'The teams inside an organization, and who is in them.')
    .addTag('Notifications', 'Where the team is told what happens, and what was sent.')
    .addTag('People list', 'Who should be there, and who of them is on GitHub.')
    .addTag('Access reviews', 'Whether everybody with access still needs it, and the evidence.')
    .addTag('Audit log', 'Who did what, when, and from where.')
    .addTag('Users', 'Who may sign in to the team.')
    .addTag('Health', 'For process supervisors and load balancers. No token is needed.')
    .build();
