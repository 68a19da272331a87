/** As much of an OpenAPI document as the tests read. */

export type Schema = Record<string, unknown>;

interface Media {
  schema?: Schema;
  example?: unknown;
}

interface Header {
  required?: boolean;
  schema?: Schema;
}

export interface Promised {
  description: string;
  content?: Record<string, Media>;
  headers?: Record<string, Header>;
}

export interface Operation {
  method: string;
  path: string;
  operationId: string;
  summary?: string;
  tags?: string[];
  security?: unknown[];
  parameters: { name: string; schema: Schema }[];
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, Promised>;
}

export interface OpenApiDocument {
  openapi: string;
  info: { title: string; description: string };
  tags: { name: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema>; securitySchemes: Record<string, Schema> };
}
