import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';

type Json = Record<string, unknown>;

interface Description {
  paths: Record<
    string,
    { get: { responses: Record<string, { content?: Record<string, { schema: Json }> }> } }
  >;
}

const file = createRequire(import.meta.url).resolve(
  '@octokit/openapi/generated/api.github.com.deref.json',
);
const description: Description = JSON.parse(readFileSync(file, 'utf8'));
const ajv = new Ajv({ strict: false, allErrors: true });
addFormats.default(ajv);

/** Whether the official description of `GET path` tells the body of that status. */
export function isDescribed(path: string, status: number): boolean {
  return schemaOf(path, status) !== undefined;
}

/** What is wrong with a body by GitHub's own description; a 200 may have no field that GitHub has not. */
export function complaints(path: string, status: number, body: unknown): string[] {
  const schema = schemaOf(path, status);
  if (!schema) return [`GitHub describes no body of status ${status} for ${path}`];
  const validate = ajv.compile(understood(schema, status === 200) as Json);
  validate(body);
  return (validate.errors ?? []).map(
    (one) => `${one.instancePath} ${one.message} ${JSON.stringify(one.params)}`,
  );
}

function schemaOf(path: string, status: number): Json | undefined {
  const responses = description.paths[path]?.get.responses;
  return responses?.[String(status)]?.content?.['application/json']?.schema;
}

/** OpenAPI 3.0's `nullable` in the words of JSON Schema; where `closed`, nothing beyond the listed properties. */
function understood(schema: unknown, closed: boolean): unknown {
  if (Array.isArray(schema)) return schema.map((one) => understood(one, closed));
  if (schema === null || typeof schema !== 'object') return schema;
  const { nullable, example, examples, ...rest } = schema as Json;
  const entries = Object.entries(rest).map(([key, value]) => [key, understood(value, closed)]);
  const plain: Json = Object.fromEntries(entries);
  if (closed && plain.type === 'object' && plain.properties) plain.additionalProperties = false;
  return nullable === true ? { anyOf: [plain, { type: 'null' }] } : plain;
}
