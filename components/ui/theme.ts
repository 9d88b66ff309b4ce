export type ThemeChoice = 'system' | 'light' | 'dark';

export const themeStorageKey = 'keyledger-theme';

/** The stored choice; anything else, or a forbidden storage, counts as the system's. */
export function readThemeChoice(): ThemeChoice {
  try {
    const stored = localStorage.getItem(themeStorageKey);
    return stored === 'light' || stored === 'dark' ? stored : 'system';
  } catch {
    return 'system';
  }
}

export function applyThemeChoice(choice: ThemeChoice) {
  try {
    if (choice === 'system') localStorage.removeItem(themeStorageKey);
    else localStorage.setItem(themeStorageKey, choice);
  } catch {
    // Without storage the choice holds until the page is left.
  }
  const system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  document.documentElement.dataset.theme = choice === 'system' ? system : choice;
}

/** The theme by choice, else the system's, from now on. The script in the page's head does it where that runs. */
export function followTheme(): void {
  const apply = () => applyThemeChoice(readThemeChoice());
  apply();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', apply);
}
