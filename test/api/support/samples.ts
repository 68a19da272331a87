import type { OpenApiDocument, Operation, Schema } from './openapi-document.js';

/** The example that a schema and those within it make together, with every property that has one. */
export function sampleOf(document: OpenApiDocument, schema: Schema): unknown {
  const { $ref, example, properties, items, anyOf } = schema;
  if (example !== undefined) return example;
  if (typeof $ref === 'string') return sampleOf(document, resolve(document, $ref));
  if (Array.isArray(anyOf)) return sampleOf(document, anyOf[0] as Schema);
  if (items) {
    const item = sampleOf(document, items as Schema);
    return item === undefined ? undefined : [item];
  }
  if (!properties) return undefined;
  const samples = Object.entries(properties).map(([name, inner]) => [
    name,
    sampleOf(document, inner as Schema),
  ]);
  return Object.fromEntries(samples.filter(([, sample]) => sample !== undefined));
}

/** The body that the document gives as an example; undefined for an operation without one. */
export function sampleBody(document: OpenApiDocument, { requestBody }: Operation): unknown {
  const schema = requestBody?.content['application/json']?.schema;
  return schema && sampleOf(document, schema);
}

function resolve({ components }: OpenApiDocument, ref: string): Schema {
  const schema = components.schemas[ref.replace('#/components/schemas/', '')];
  if (!schema) throw new Error(`${ref} leads nowhere`);
  return schema;
}
