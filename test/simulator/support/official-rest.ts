import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';

type Json = Record<string, unknown>;

export type Method = 'get' | 'post' | 'patch';

interface Content {
  content?: Record<string, { schema: Json }>;
}

interface Body {
  requestBody: Content;
}

interface Description {
  'x-webhooks': Record<string, { post: Body }>;
  paths: Record<string, Record<Method, { responses: Record<string, Content> }>>;
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

/** What is wrong with a body by GitHub's own description; a success may have no field that GitHub has not. */
export function complaints(
  path: string,
  status: number,
  body: unknown,
  method: Method = 'get',
): string[] {
  const schema = schemaOf(path, status, method);
  if (!schema) return [`GitHub describes no body of status ${status} for ${path}`];
  return errorsOf(schema, body, status < 300);
}

/** What is wrong with a webhook's payload. @param name as `organization-member-added` */
export function payloadComplaints(name: string, payload: unknown): string[] {
  const content = description['x-webhooks'][name]?.post.requestBody.content;
  const schema = content?.['application/json']?.schema;
  return schema ? errorsOf(schema, payload, true) : [`GitHub describes no webhook ${name}`];
}

function errorsOf(schema: Json, body: unknown, isClosed: boolean): string[] {
  const validate = ajv.compile(understood(schema, isClosed) as Json);
  validate(body);
  return (validate.errors ?? []).map(
    (one) => `${one.instancePath} ${one.message} ${JSON.stringify(one.params)}`,
  );
}

function schemaOf(path: string, status: number, method: Method = 'get'): Json | undefined {
  const responses = description.paths[path]?.[method].responses;
  return responses?.[String(status)]?.content?.['application/json']?.schema;
}

/** OpenAPI 3.0's `nullable` in the words of JSON Schema; where `closed`, nothing beyond the listed properties. */
function understood(schema: unknown, closed: boolean): unknown {
  if (Array.isArray(schema)) return schema.map((one) => understood(one, closed));
  if (schema === null || typeof schema !== 'object') return schema;
  const { nullable, example, examples, ...rest } = either(schema as Json);
  const entries = Object.entries(rest).map(([key, value]) => [key, understood(value, closed)]);
  const plain: Json = Object.fromEntries(entries);
  if (closed && plain.type === 'object' && plain.properties) plain.additionalProperties ??= false;
  return nullable === true ? { anyOf: [plain, { type: 'null' }] } : plain;
}

/** The description of a list of installations wants an account to be a user and an enterprise at once; it means either. */
function either({ allOf, ...rest }: Json): Json {
  const titles = Array.isArray(allOf) ? allOf.map(({ title }: Json) => title) : [];
  if (!titles.includes('Enterprise')) return allOf === undefined ? rest : { ...rest, allOf };
  return { ...rest, anyOf: allOf };
}
