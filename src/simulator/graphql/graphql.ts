import { execute } from 'graphql';
import { type Answer, json, problem } from '../answer.js';
import { accessHeaders, type Caller } from '../caller.js';
import type { SimRequest } from '../exchange.js';
import type { SimToken } from '../token.js';
import type { World } from '../world.js';
import { Documents, SCHEMA, SERVER_SCHEMA } from './documents.js';
import { type ShownError, shownError } from './errors.js';
import { ROOT } from './root.js';
import { scopeErrors } from './scopes.js';
import { nodeCount, selectedFields } from './selections.js';

/** Answers GraphQL. Whatever is wrong with a query is told with status 200, as GitHub does. */
export class GraphqlEndpoint {
  private readonly documents = new Documents(SCHEMA);
  private readonly serverDocuments = new Documents(SERVER_SCHEMA);

  constructor(
    private readonly world: World,
    private readonly limited: boolean,
  ) {}

  answer({ graphql, method, isServer }: SimRequest, caller: Caller): Answer {
    if (method !== 'POST') return problem(404, 'Not Found', 'https://docs.github.com/graphql');
    if (!caller.token) return unauthenticated();
    if (!graphql) return problem(400, 'Problems parsing JSON', 'https://docs.github.com/graphql');
    if (typeof graphql.query !== 'string' || graphql.query === '') {
      return refused([{ message: 'A query attribute must be specified and must be a string.' }]);
    }
    const answer = this.run(graphql.query, graphql, { caller, token: caller.token, isServer });
    return { ...answer, headers: { ...answer.headers, ...accessHeaders(caller, 'repo') } };
  }

  private run(
    source: string,
    body: { variables?: unknown; operationName?: unknown },
    { caller, token, isServer }: { caller: Caller; token: SimToken; isServer: boolean },
  ): Answer {
    const checked = (isServer ? this.serverDocuments : this.documents).check(source);
    if ('errors' in checked) return refused(checked.errors);
    const { document } = checked;
    const variableValues = asVariables(body.variables);
    const operationName = typeof body.operationName === 'string' ? body.operationName : undefined;
    const fields = selectedFields(document, variableValues, operationName);
    const lacking = scopeErrors(fields, token);
    if (lacking.length > 0) return refused(lacking);
    const contextValue = {
      world: this.world,
      caller,
      limited: this.limited,
      isServer,
      nodeCount: nodeCount(fields, variableValues),
      headers: {},
    };
    const result = execute({
      schema: isServer ? SERVER_SCHEMA : SCHEMA,
      document,
      rootValue: ROOT,
      contextValue,
      variableValues,
      operationName,
    });
    if (result instanceof Promise) throw new TypeError('A resolver must not wait');
    const errors = result.errors?.map(shownError);
    if (!('data' in result)) return refused(errors ?? []);
    const shown = errors ? { data: result.data, errors } : { data: result.data };
    return json(shown, contextValue.headers);
  }
}

/** Errors before anything ran: there is no `data` at all. */
function refused(errors: readonly ShownError[]): Answer {
  return json({ errors });
}

function unauthenticated(): Answer {
  const page =
    'https://docs.github.com/graphql/guides/forming-calls-with-graphql#authenticating-with-graphql';
  return problem(401, 'This endpoint requires you to be authenticated.', page);
}

function asVariables(value: unknown): Record<string, unknown> {
  return value !== null && typeof value === 'object' ? { ...value } : {};
}
