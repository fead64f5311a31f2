/** The texts and numbers of a JSON document, as texts. */
export function jsonLeaves(document: unknown): string[] {
  if (typeof document === 'object' && document !== null) return Object.values(document).flatMap(jsonLeaves);
  return typeof document === 'string' || typeof document === 'number' ? [String(document)] : [];
}
