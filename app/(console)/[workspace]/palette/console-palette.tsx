'use client';

import { Search } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useEffect, useEffectEvent, useState } from 'react';
import { IconButton } from '@/components/ui/icon-button';
import type { NavSection } from '@/components/ui/nav-item';
import { ShellSearchButton } from '@/components/ui/shell-parts';
import { useKeySequence } from '@/components/ui/use-key-sequence';
import { useShortcut } from '@/components/ui/use-shortcut';
import type { PaletteContext } from './palette-commands';
import { placesOf } from './places';

type ConsolePaletteProps = Pick<PaletteContext, 'slug' | 'canWrite' | 'isAccountOwner' | 'workspaces'> & {
  sections: readonly NavSection[];
  createWorkspace: () => void;
};

/** Loaded when somebody asks for them. */
const OpenPalette = dynamic(() => import('./open-palette').then((module) => module.OpenPalette));
const ShortcutsDialog = dynamic(() => import('./shortcuts-dialog').then((module) => module.ShortcutsDialog));

const OPEN_EVENT = 'keyledger-open-palette';

function openPalette() {
  document.dispatchEvent(new Event(OPEN_EVENT));
}

/** Opens the palette, wherever it stands on the page. */
export function PaletteButton() {
  return <ShellSearchButton data-closes-sheet="" onClick={openPalette} />;
}

export function PaletteIconButton() {
  return (
    <IconButton
      label="Search or jump to"
      size="md"
      icon={<Search size={16} strokeWidth={1.75} aria-hidden="true" />}
      onClick={openPalette}
    />
  );
}

/** The palette, the help on shortcuts, and the shortcuts that hold on every page of the console. */
export function ConsolePalette(props: ConsolePaletteProps) {
  const { sections } = props;
  const router = useRouter();
  const [open, setOpen] = useState<'palette' | 'shortcuts' | null>(null);
  const places = placesOf(sections);
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey) || event.altKey || event.shiftKey) return;
    // The browser's own meaning of these keys is of no use here, also where a dialog keeps its place.
    event.preventDefault();
    if (open === 'palette') setOpen(null);
    else if (!document.querySelector('[role="dialog"],[role="alertdialog"]')) setOpen('palette');
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => onKeyDown(event);
    const show = () => setOpen('palette');
    document.addEventListener('keydown', press);
    document.addEventListener(OPEN_EVENT, show);
    return () => {
      document.removeEventListener('keydown', press);
      document.removeEventListener(OPEN_EVENT, show);
    };
  }, []);
  useShortcut('?', () => setOpen('shortcuts'));
  useKeySequence('g', (key) => {
    const place = places.find(({ letter }) => letter === key.toLowerCase());
    if (place) router.push(place.item.href);
    return place !== undefined;
  });
  if (open === 'shortcuts') return <ShortcutsDialog places={places} onClose={() => setOpen(null)} />;
  if (open === null) return null;
  return (
    <OpenPalette
      {...props}
      places={places}
      placeName={props.workspaces.find(({ slug }) => slug === props.slug)?.name}
      showShortcuts={() => setOpen('shortcuts')}
      onClose={() => setOpen(null)}
    />
  );
}
