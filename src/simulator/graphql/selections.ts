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
  if (operation && query) collect(operation.selectionSet, query);
  return found;

  function collect(set: SelectionSetNode, parent: GraphQLNamedType): void {
    for (const selection of set.selections) {
      if (!isIncluded(selection, variables)) continue;
      if (selection.kind === Kind.FIELD) collectField(selection, parent);
      else collectFragment(selection, parent);
    }
  }

  function collectField(field: FieldNode, parent: GraphQLNamedType): void {
    found.push({ parent, field });
    if (!field.selectionSet || !(isObjectType(parent) || isInterfaceType(parent))) return;
    const type = parent.getFields()[field.name.value]?.type;
    if (type) collect(field.selectionSet, getNamedType(type));
  }

  function collectFragment(
    fragment: Exclude<SelectionNode, FieldNode>,
    parent: GraphQLNamedType,
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
    collect(definition.selectionSet, isCompositeType(type) ? type : parent);
  }
}

/** The value of a field's argument, null where it has none. */
export function argument(field: FieldNode, name: string, variables: Variables): unknown {
  const found = field.arguments?.find((one) => one.name.value === name);
  return found ? valueFromASTUntyped(found.value, variables) : null;
}

function isIncluded(selection: SelectionNode, variables: Variables): boolean {
  if (!selection.directives?.length) return true;
  const skipped = getDirectiveValues(GraphQLSkipDirective, selection, variables)?.if === true;
  const included = getDirectiveValues(GraphQLIncludeDirective, selection, variables)?.if !== false;
  return included && !skipped;
}
