/** A field of a form or a query as text, trimmed; '' where it is missing, or comes twice. */
export function formText(fields: unknown, name: string): string {
  const value = (fields as Record<string, unknown> | undefined)?.[name];
  return typeof value === 'string' ? value.trim() : '';
}
