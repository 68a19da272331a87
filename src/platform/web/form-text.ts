/** A field of a form or a query as text, trimmed; '' where it is missing, or comes twice. */
export const formText = (fields: unknown, name: string): string => rawFormText(fields, name).trim();

/** The same as it was typed, for passwords, which may begin or end with a space. */
export function rawFormText(fields: unknown, name: string): string {
  const value = (fields as Record<string, unknown> | undefined)?.[name];
  return typeof value === 'string' ? value : '';
}
