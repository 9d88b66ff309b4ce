'use client';

import dynamic from 'next/dynamic';
import { useSearchParams } from 'next/navigation';
import { createContext, type ReactNode, useContext, useEffect, useEffectEvent, useMemo, useState } from 'react';
import { useShortcut } from '@/components/ui/use-shortcut';
import { askedVerb, type KeyVerb, VERB_PARAMETER } from './asked-verb';
import type { KeyRow } from './key-row';
import { useKeysPlace } from './keys-place';
import { useSwitchKey } from './use-switch-key';

/** Forms are loaded when they are opened: a list that is only read does not pay for them. */
const CreateKeyDialog = dynamic(() => import('./create-key-dialog').then((module) => module.CreateKeyDialog));
const EditKeySheet = dynamic(() => import('./edit-key-sheet').then((module) => module.EditKeySheet));
const DisableKey = dynamic(() => import('./confirm-key').then((module) => module.DisableKey));
const EnableKey = dynamic(() => import('./confirm-key').then((module) => module.EnableKey));
const DeleteKey = dynamic(() => import('./confirm-key').then((module) => module.DeleteKey));
const RotateKey = dynamic(() => import('./rotate-key').then((module) => module.RotateKey));

type Open = { verb: 'create'; count: number } | { verb: KeyVerb; row: KeyRow };
type KeyDialogs = {
  openCreate: () => void;
  open: (verb: KeyVerb, row: KeyRow) => void;
  /** A key as it is about to be, where it is just being disabled or enabled. */
  shownAs: (row: KeyRow) => KeyRow;
};

const DialogsContext = createContext<KeyDialogs | null>(null);

export function useKeyDialogs(): KeyDialogs {
  const dialogs = useContext(DialogsContext);
  if (!dialogs) throw new Error('useKeyDialogs needs a KeyDialogsProvider above it.');
  return dialogs;
}

type ProviderProps = {
  children: ReactNode;
  /** The key that the page is of: its address may ask for a dialog, and it ends when the key is deleted. */
  ofKey?: KeyRow;
};

/** Opens one dialog at a time over the page. It stays while the page's figures are read anew, so a secret stays in sight. */
export function KeyDialogsProvider({ children, ofKey }: ProviderProps) {
  const { readOnlyReason } = useKeysPlace();
  const [opened, setOpened] = useState<Open | null>(null);
  const { switchKey, shownAs } = useSwitchKey();
  const dialogs = useMemo<KeyDialogs>(
    () => ({
      openCreate: () => setOpened({ verb: 'create', count: 0 }),
      open: (verb, row) => setOpened({ verb, row }),
      shownAs,
    }),
    [shownAs],
  );
  useShortcut('c', readOnlyReason === null && !ofKey ? dialogs.openCreate : null);
  const asked = useSearchParams().get(VERB_PARAMETER);
  const openAsked = useEffectEvent((text: string) => {
    const address = new URL(window.location.href);
    address.searchParams.delete(VERB_PARAMETER);
    window.history.replaceState(null, '', address);
    const verb = ofKey && askedVerb(text, ofKey.status === 'disabled');
    if (verb && readOnlyReason === null) setOpened({ verb, row: ofKey });
  });
  useEffect(() => {
    if (asked !== null) openAsked(asked);
  }, [asked]);
  const close = () => setOpened(null);
  const closeAndSwitch = (row: KeyRow, isDisabled: boolean) => {
    close();
    switchKey(row, isDisabled);
  };
  return (
    <DialogsContext value={dialogs}>
      {children}
      {opened?.verb === 'create' && (
        <CreateKeyDialog
          key={opened.count}
          onClose={close}
          onAnother={() => setOpened({ verb: 'create', count: opened.count + 1 })}
        />
      )}
      {opened?.verb === 'edit' && <EditKeySheet row={opened.row} onClose={close} />}
      {opened?.verb === 'rotate' && <RotateKey row={opened.row} onClose={close} />}
      {opened?.verb === 'disable' && (
        <DisableKey row={opened.row} onClose={close} onConfirm={() => closeAndSwitch(opened.row, true)} />
      )}
      {opened?.verb === 'enable' && (
        <EnableKey row={opened.row} onClose={close} onConfirm={() => closeAndSwitch(opened.row, false)} />
      )}
      {opened?.verb === 'delete' && <DeleteKey row={opened.row} onClose={close} leavesPage={ofKey !== undefined} />}
    </DialogsContext>
  );
}
