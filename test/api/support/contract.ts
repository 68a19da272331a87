import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { OpenApiDocument, Operation, Promised, Schema } from './openapi-document.js';
import { absolute, closed } from './schemas.js';

interface Body {
  type: string | undefined;
  /** Undefined where none was asked for. */
  body: string | undefined;
}

/** A request, as far as the document speaks of it. */
interface Sent {
  method: string;
  path: string;
  sent?: unknown;
}

/** What the OpenAPI document promises; answers are held against it. */
export class Contract {
  readonly operations: Operation[];
  private readonly compiled = new Map<Schema, ValidateFunction>();
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
  check({ method, path, sent }: Sent, answer: Response, body: string): void {
    const operation = this.find(method, path);
    const where = `${method} ${operation?.path ?? path} ${answer.status}`;
    const promised = operation ? promiseOf(operation, answer.status) : UNKNOWN_ADDRESS;
    if (!promised) throw new Error(`${where} is not documented`);
    this.checkHeaders(where, promised, answer.headers);
    const type = answer.headers.get('Content-Type')?.split(';')[0];
    this.checkBody(where, promised, { type, body: method === 'HEAD' ? undefined : body });
    if (type === PROBLEM && body) this.checkCode(where, promised, body);
    if (answer.ok && operation) this.checkSent(where, operation, sent);
  }

  /** @throws Error that says where `value` differs from `schema` */
  validate(where: string, schema: Schema = {}, value: unknown): void {
    const validate = this.compile(schema);
    if (!validate(value)) throw new Error(`${where}: ${this.ajv.errorsText(validate.errors)}`);
  }

  /** Undefined where the address is none of the API's, or does not take the method. */
  private find(method: string, path: string): Operation | undefined {
    const documented = method === 'HEAD' ? 'GET' : method;
    return this.operations.find(
      (one) => one.method === documented && patternOf(one.path).test(path),
    );
  }

  private checkHeaders(where: string, { headers = {} }: Promised, sent: Headers): void {
    for (const [name, { required, schema }] of Object.entries(headers)) {
      const value = sent.get(name);
      if (value === null && required) throw new Error(`${where} lacks the header ${name}`);
      const read = schema?.type === 'integer' ? Number(value) : value;
      if (value !== null) this.validate(`${where} ${name}`, schema, read);
    }
  }

  private checkBody(where: string, { content }: Promised, { type, body }: Body): void {
    const media = content?.[type ?? ''];
    if (content && !media) throw new Error(`${where} is ${type}, which is not documented`);
    if (!content && body) throw new Error(`${where} has a body that is not documented`);
    if (media && body !== undefined)
      this.validate(where, media.schema, /[/+]json\b/.test(type ?? '') ? JSON.parse(body) : body);
  }

  /** A client finds each code where it looks: at the route, or among those that any route may answer. */
  private checkCode(where: string, promised: Promised, body: string): void {
    const { code } = JSON.parse(body) as { code: string };
    const example = promised.content?.[PROBLEM]?.example as { code?: string } | undefined;
    const told = `${this.document.info.description}${promised.description}`;
    if (example?.code === code || told.includes(`\`${code}\``)) return;
    throw new Error(`${where} has the code ${code}, which is not documented`);
  }

  /** What the route took must be what it says it takes. */
  private checkSent(where: string, { requestBody }: Operation, sent: unknown): void {
    if (typeof sent !== 'string' || sent === '') return;
    const schema = requestBody?.content['application/json']?.schema;
    if (!schema) throw new Error(`${where} documents no body, and took one`);
    this.validate(`the body of ${where}`, schema, JSON.parse(sent));
  }

  private compile(schema: Schema): ValidateFunction {
    const validate =
      this.compiled.get(schema) ?? this.ajv.compile(closed(absolute(schema)) as object);
    this.compiled.set(schema, validate);
    return validate;
  }
}

const PROBLEM = 'application/problem+json';

/** Errors have one form everywhere, also where nothing is. */
const UNKNOWN_ADDRESS: Promised = {
  description: '',
  content: { [PROBLEM]: { schema: { $ref: '#/components/schemas/ProblemResponse' } } },
};

const promiseOf = ({ responses }: Operation, status: number): Promised | undefined =>
  responses[status] ?? (status >= 400 ? responses.default : undefined);

const patternOf = (path: string): RegExp =>
  new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}/?$`, 'i');
