'use client';

import { Monitor, Moon, Sun } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Segmented } from './segmented';
import { applyThemeChoice, readThemeChoice, type ThemeChoice } from './theme';

const choices = [
  { value: 'system', name: 'System', Icon: Monitor },
  { value: 'light', name: 'Light', Icon: Sun },
  { value: 'dark', name: 'Dark', Icon: Moon },
];

function toChoice(value: string): ThemeChoice {
  return value === 'light' || value === 'dark' ? value : 'system';
}

/** The choice is the browser's own and is known only there, so the server renders "System". */
export function ThemeToggle({ hasLabels = true }: { hasLabels?: boolean }) {
  const [choice, setChoice] = useState<ThemeChoice>('system');
  useEffect(() => setChoice(readThemeChoice()), []);
  return (
    <Segmented
      label="Theme"
      name="theme"
      size="sm"
      value={choice}
      onChange={(event) => {
        const next = toChoice(event.target.value);
        setChoice(next);
        applyThemeChoice(next);
      }}
      options={choices.map(({ value, name, Icon }) => ({
        value,
        label: (
          <>
            <Icon size={14} strokeWidth={1.9} aria-hidden="true" />
            <span className={hasLabels ? undefined : 'sr-only'}>{name}</span>
          </>
        ),
      }))}
    />
  );
}
