import { schema as github } from '@octokit/graphql-schema';
import {
  buildSchema,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isEnumType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';

export const OFFICIAL: GraphQLSchema = buildSchema(github.idl, { assumeValid: true });

/** Everything in which a schema is not a part of GitHub's. */
export function differences(schema: GraphQLSchema): string[] {
  const own = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));
  return own.flatMap((type) => {
    const official = OFFICIAL.getType(type.name);
    if (!official) return [`${type.name} is unknown`];
    if (official.constructor !== type.constructor) return [`${type.name} is of another kind`];
    if (isEnumType(type) && isEnumType(official)) {
      const [values, theirs] = [type, official].map((one) =>
        one.getValues().map(({ name }) => name),
      );
      return String(values) === String(theirs) ? [] : [`${type.name} has other values`];
    }
    if (!('getFields' in type) || !('getFields' in official)) return [];
    const fields = official.getFields() as Record<string, GraphQLField<unknown, unknown>>;
    const named = Object.values(type.getFields()) as GraphQLField<unknown, unknown>[];
    return [
      ...named.flatMap((field) =>
        fieldDifferences(`${type.name}.${field.name}`, field, fields[field.name]),
      ),
      ...interfaceDifferences(type, official),
    ];
  });
}

type Field = GraphQLField<unknown, unknown>;

function fieldDifferences(name: string, field: Field, official: Field | undefined): string[] {
  if (!official) return [`${name} is unknown`];
  const found =
    String(field.type) === String(official.type)
      ? []
      : [`${name} is ${field.type}, not ${official.type}`];
  for (const arg of field.args) {
    const theirs = official.args.find((one) => one.name === arg.name);
    const same =
      String(theirs?.type) === String(arg.type) && theirs?.defaultValue === arg.defaultValue;
    if (!same) found.push(`${name}(${arg.name}) is another argument`);
  }
  for (const arg of official.args) {
    const kept = field.args.some((one) => one.name === arg.name);
    if (isRequiredArgument(arg) && !kept) found.push(`${name} lacks ${arg.name}`);
  }
  return found;
}

function interfaceDifferences(type: unknown, official: unknown): string[] {
  if (!isObjectType(type) || !isObjectType(official)) return [];
  const theirs = official.getInterfaces().map(({ name }) => name);
  const extra = type.getInterfaces().filter(({ name }) => !theirs.includes(name));
  return extra.map(({ name }) => `${type.name} is no ${name}`);
}

const LEAVES: Readonly<Record<string, (value: unknown) => boolean>> = {
  Int: (value) => Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 31,
  Boolean: (value) => typeof value === 'boolean',
  String: (value) => typeof value === 'string',
  ID: (value) => typeof value === 'string',
  URI: (value) => typeof value === 'string' && URL.canParse(value),
  DateTime: (value) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(String(value)),
};

/** Everything in `data` that GitHub's schema does not allow. Abstract types need `__typename`; aliases are not followed. */
export function misfits(data: unknown): string[] {
  return check(OFFICIAL.getQueryType() as GraphQLObjectType, data, '$');
}

function check(type: GraphQLOutputType, value: unknown, at: string): string[] {
  if (isNonNullType(type))
    return value === null ? [`${at} is null`] : check(type.ofType, value, at);
  if (value === null) return [];
  if (isListType(type)) {
    if (!Array.isArray(value)) return [`${at} is no list`];
    return value.flatMap((item, index) => check(type.ofType, item, `${at}[${index}]`));
  }
  if (isObjectType(type) || isAbstractType(type))
    return checkObject(type, value as Record<string, unknown>, at);
  const fits = isEnumType(type)
    ? type.getValue(String(value)) !== undefined
    : LEAVES[type.name]?.(value);
  return fits ? [] : [`${at} is no ${type.name}: ${value}`];
}

function checkObject(
  type: GraphQLOutputType,
  value: Record<string, unknown>,
  at: string,
): string[] {
  const actual = isAbstractType(type) ? OFFICIAL.getType(String(value.__typename)) : type;
  if (!isObjectType(actual) && !isInterfaceType(actual)) return [`${at} has no known type`];
  const fields = actual.getFields();
  return Object.entries(value).flatMap(([name, inner]) => {
    if (name === '__typename') return [];
    const field = fields[name];
    return field ? check(field.type, inner, `${at}.${name}`) : [`${at}.${name} is unknown`];
  });
}
