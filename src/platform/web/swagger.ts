import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';

const description = `Keeps an always-current, auditable roster of a GitHub organization.

Every request needs \`Authorization: Bearer TOKEN\`; \`rollcall token NAME\` makes a token, and **Authorize** takes it here.
A list comes in pages: send \`nextCursor\` as \`cursor\` until it is null. Times are ISO 8601, UTC, with milliseconds.
Errors are problem details (RFC 9457) with a stable \`code\`, what happened (\`detail\`), and what to do next (\`remedy\`).`;

/**
 * Serves the API's documentation at /docs and its OpenAPI document at /docs/openapi.json, to everybody: it holds no secret.
 * Call it after the middleware that sets headers, and before the application listens.
 */
export function setUpSwagger(app: INestApplication): void {
  const document = () => SwaggerModule.createDocument(app, base());
  SwaggerModule.setup('docs', app, document, {
    raw: ['json'],
    jsonDocumentUrl: 'docs/openapi.json',
    customSiteTitle: 'Rollcall API',
    // The bar is there to load other documents.
    customCss: '.swagger-ui .topbar { display: none }',
    // Swagger UI would otherwise have its makers' server check the document.
    swaggerOptions: { validatorUrl: null },
  });
}

const base = () =>
  new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Rollcall')
    .setDescription(description)
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An API token of your team.' })
    .addTag('Integrations', "A team's organizations on GitHub.")
    .addTag('Member syncs', 'Brings a directory in step with GitHub, in the background.')
    .addTag('Members', 'The directory of an organization.')
    .build();
