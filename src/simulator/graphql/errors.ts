import type { GraphQLError } from 'graphql';

/** GitHub puts the kind of a failure beside its message, not into `extensions`. */
export class TypedError extends Error {
  constructor(
    readonly type: string,
    message: string,
    readonly details?: Record<string, unknown>,
  ) {
    super(message);
  }
}

export interface ShownError {
  readonly message: string;
  readonly type?: string;
  readonly path?: readonly (string | number)[];
  readonly locations?: readonly { line: number; column: number }[];
  readonly extensions?: Record<string, unknown>;
}

export function notFoundNode(id: string): TypedError {
  return new TypedError('NOT_FOUND', `Could not resolve to a node with the global id of '${id}'`);
}

/** An error while the query ran. */
export function shownError({ message, path, locations, originalError }: GraphQLError): ShownError {
  const { type, details } = originalError instanceof TypedError ? originalError : {};
  return {
    ...(type ? { type } : {}),
    ...(path ? { path } : {}),
    ...(details ? { extensions: details } : {}),
    locations,
    message,
  };
}

/** An error of the document itself. GitHub words an unknown field in its own way, with a code. */
export function shownDocumentError({ message, locations }: GraphQLError): ShownError {
  const unknown = /^Cannot query field "(\w+)" on type "(\w+)"/.exec(message);
  if (!unknown) return { message, locations };
  const [, fieldName, typeName] = unknown;
  return {
    message: `Field '${fieldName}' doesn't exist on type '${typeName}'`,
    locations,
    extensions: { code: 'undefinedField', typeName, fieldName },
  };
}
