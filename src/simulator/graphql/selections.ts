import {
  type DocumentNode,
  type FieldNode,
  GraphQLIncludeDirective,
  type GraphQLNamedType,
  GraphQLSkipDirective,
  getDirectiveValues,
  getNamedType,
  getOperationAST,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  typeFromAST,
  valueFromASTUntyped,
} from 'graphql';
import { SCHEMA } from './documents.js';

export interface Selected {
  readonly parent: GraphQLNamedType;
  readonly field: FieldNode;
  /** How often it may stand in the answer, by the sizes of the pages around it. */
  readonly times: number;
}

type Variables = Readonly<Record<string, unknown>>;

/** Every field that a document asks for, without those that `@include` and `@skip` leave out. */
export function selectedFields(
  document: DocumentNode,
  variables: Variables,
  name?: string,
): Selected[] {
  const operation = getOperationAST(document, name);
  const found: Selected[] = [];
  const query = SCHEMA.getQueryType();
  if (operation && query) collect(operation.selectionSet, query, 1);
  return found;

  function collect(set: SelectionSetNode, parent: GraphQLNamedType, times: number): void {
    for (const selection of set.selections) {
      if (!isIncluded(selection, variables)) continue;
      if (selection.kind === Kind.FIELD) collectField(selection, parent, times);
      else collectFragment(selection, parent, times);
    }
  }

  function collectField(field: FieldNode, parent: GraphQLNamedType, times: number): void {
    found.push({ parent, field, times });
    if (!field.selectionSet || !(isObjectType(parent) || isInterfaceType(parent))) return;
    const type = parent.getFields()[field.name.value]?.type;
    const inner = times * Math.max(1, sizeOf(field, variables));
    if (type) collect(field.selectionSet, getNamedType(type), inner);
  }

  function collectFragment(
    fragment: Exclude<SelectionNode, FieldNode>,
    parent: GraphQLNamedType,
    times: number,
  ): void {
    const definition =
      fragment.kind === Kind.INLINE_FRAGMENT
        ? fragment
        : document.definitions.find(
            (one) =>
              one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === fragment.name.value,
          );
    if (!definition || !('selectionSet' in definition)) return;
    const condition = 'typeCondition' in definition ? definition.typeCondition : undefined;
    const type = condition && typeFromAST(SCHEMA, condition);
    collect(definition.selectionSet, isCompositeType(type) ? type : parent, times);
  }
}

/** How many nodes a document may give, as GitHub counts: the sizes of the pages asked for, and the ids. */
export function nodeCount(fields: readonly Selected[], variables: Variables): number {
  return fields.reduce((sum, { field, times }) => sum + times * sizeOf(field, variables), 0);
}

function sizeOf(field: FieldNode, variables: Variables): number {
  const ids = argument(field, 'ids', variables);
  const first = argument(field, 'first', variables);
  return (Array.isArray(ids) ? ids.length : 0) + (typeof first === 'number' ? first : 0);
}

/** The value of a field's argument, null where it has none. */
function argument(field: FieldNode, name: string, variables: Variables): unknown {
  const found = field.arguments?.find((one) => one.name.value === name);
  return found ? valueFromASTUntyped(found.value, variables) : null;
}

function isIncluded(selection: SelectionNode, variables: Variables): boolean {
  if (!selection.directives?.length) return true;
  const skipped = getDirectiveValues(GraphQLSkipDirective, selection, variables)?.if === true;
  const included = getDirectiveValues(GraphQLIncludeDirective, selection, variables)?.if !== false;
  return included && !skipped;
}
