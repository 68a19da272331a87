import {
  buildSchema,
  type DocumentNode,
  extendSchema,
  GraphQLError,
  type GraphQLSchema,
  parse,
  validate,
} from 'graphql';
import { type ShownError, shownDocumentError } from './errors.js';
import { SDL } from './sdl.js';

export const SCHEMA = buildSchema(SDL);

/** That of an Enterprise Server, which no package describes: it has this field more. */
export const SERVER_SCHEMA = extendSchema(
  SCHEMA,
  parse('extend type User { suspendedAt: DateTime }'),
);

export type Checked = { readonly document: DocumentNode } | { readonly errors: ShownError[] };

const MOST_KEPT = 200;

/** Parses and validates a document once: a sync sends the same one a thousand times. */
export class Documents {
  private readonly kept = new Map<string, Checked>();

  constructor(private readonly schema: GraphQLSchema) {}

  check(source: string): Checked {
    const known = this.kept.get(source);
    if (known) return known;
    if (this.kept.size >= MOST_KEPT) this.kept.clear();
    const checked = check(this.schema, source);
    this.kept.set(source, checked);
    return checked;
  }
}

function check(schema: GraphQLSchema, source: string): Checked {
  try {
    const document = parse(source);
    const errors = validate(schema, document).map(shownDocumentError);
    return errors.length > 0 ? { errors } : { document };
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [shownDocumentError(error)] };
    throw error;
  }
}
