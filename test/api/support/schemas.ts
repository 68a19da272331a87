/** The same with references into the document. */
export function absolute(value: unknown): unknown {
  return rewritten(value, (key, inner) =>
    key === '$ref' ? `openapi${String(inner)}` : absolute(inner),
  );
}

/** The same with no property allowed that is not documented. */
export function closed(value: unknown): unknown {
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
