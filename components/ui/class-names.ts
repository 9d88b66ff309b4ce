/** Joins class names and drops what a condition left out. Later names do not override earlier ones. */
export function joinClasses(...names: ReadonlyArray<string | false | null | undefined>): string {
  return names.filter(Boolean).join(' ');
}
