export type ComboboxOption = {
  value: string;
  label: string /** At the right, such as "2 keys". */;
  hint?: string | undefined;
};

/**
 * The options whose label holds what was typed, those that begin with it first. `createText` is what could be added:
 * null when adding is not offered, nothing was typed, or it exists already.
 */
export function matchOptions(
  options: readonly ComboboxOption[],
  typed: string,
  canCreate: boolean,
): { matches: ComboboxOption[]; createText: string | null } {
  const needle = typed.trim().toLowerCase();
  const found = options.filter((option) => option.label.toLowerCase().includes(needle));
  const startsWith = (option: ComboboxOption) => option.label.toLowerCase().startsWith(needle);
  const matches =
    needle === '' ? found : [...found.filter(startsWith), ...found.filter((option) => !startsWith(option))];
  const exists = options.some(
    (option) => option.label.toLowerCase() === needle || option.value.toLowerCase() === needle,
  );
  return { matches, createText: canCreate && needle !== '' && !exists ? typed.trim() : null };
}
