import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

export type Schema = Record<string, unknown>;

interface Media {
  schema?: Schema;
  example?: unknown;
}

interface Answer {
  content?: Record<string, Media>;
  headers?: Record<string, unknown>;
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
  responses: Record<string, Answer>;
}

export interface OpenApiDocument {
  openapi: string;
  info: { title: string };
  tags: { name: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema>; securitySchemes: Record<string, Schema> };
}

/** What the OpenAPI document promises; answers are held against it. */
export class Contract {
  readonly operations: Operation[];
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true });

  constructor(readonly document: OpenApiDocument) {
    addFormats.default(this.ajv);
    this.ajv.addSchema(closed(document) as object, 'openapi');
    this.operations = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({
        ...operation,
        path,
        method: method.toUpperCase(),
      })),
    );
  }

  /** @throws Error that says what the document does not promise */
  check(method: string, path: string, answer: Response, body: string): void {
    const operation = this.find(method, path);
    const { responses } = operation;
    const where = `${method} ${operation.path} ${answer.status}`;
    const promised = responses[answer.status] ?? (answer.ok ? undefined : responses.default);
    if (!promised) throw new Error(`${where} is not documented`);
    for (const header of Object.keys(promised.headers ?? {}))
      if (!answer.headers.has(header)) throw new Error(`${where} lacks the header ${header}`);
    this.checkBody(where, promised, answer.headers.get('Content-Type'), body);
  }

  /** @throws Error that says where `value` differs from `schema` */
  validate(where: string, schema: Schema | undefined, value: unknown): void {
    const validate = this.compile(schema ?? {});
    if (!validate(value)) throw new Error(`${where}: ${this.ajv.errorsText(validate.errors)}`);
  }

  private find(method: string, path: string): Operation {
    const found = this.operations.find(
      (one) => one.method === method && patternOf(one.path).test(path),
    );
    if (!found) throw new Error(`${method} ${path} is not documented`);
    return found;
  }

  private checkBody(where: string, { content }: Answer, type: string | null, body: string): void {
    if (!content) {
      if (body !== '') throw new Error(`${where} has a body that is not documented`);
      return;
    }
    const media = content[type?.split(';')[0] ?? ''];
    if (!media) throw new Error(`${where} is ${type}, which is not documented`);
    this.validate(where, media.schema, type?.includes('json') ? JSON.parse(body) : body);
  }

  private compile(schema: Schema): ValidateFunction {
    return this.ajv.compile(closed(absolute(schema)) as object);
  }
}

const patternOf = (path: string): RegExp => new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`);

/** The same with references into the document. */
function absolute(value: unknown): unknown {
  return rewritten(value, (key, inner) =>
    key === '$ref' ? `openapi${String(inner)}` : absolute(inner),
  );
}

/** The same with no property allowed that is not documented. */
function closed(value: unknown): unknown {
  const copy = rewritten(value, (_, inner) => closed(inner));
  const isObjectSchema = isObject(copy) && copy.type === 'object' && isObject(copy.properties);
  return isObjectSchema ? { additionalProperties: false, ...copy } : copy;
}

function rewritten(value: unknown, change: (key: string, inner: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((inner, index) => change(String(index), inner));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, change(key, inner)]));
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
