'use client';

import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { useShortcut } from '@/components/ui/use-shortcut';
import type { UserSummary } from '@/lib/users/contract';
import { InviteDialog } from './invite-dialog';
import type { InviteLink } from './invite-link';
import { LinkDialog } from './link-dialog';
import { UserConfirm } from './user-confirm';
import type { UserVerb } from './user-words';

interface UsersPlace {
  /** The reader's own user, which others must change. */
  readonly ownId: string;
  readonly now: Date;
  readonly workspaces: readonly { readonly id: string; readonly name: string }[];
}

type Open =
  | { kind: 'invite' }
  | { kind: 'link'; link: InviteLink }
  | { kind: 'confirm'; verb: UserVerb; user: UserSummary };
type Value = UsersPlace & { openInvite: () => void; ask: (verb: UserVerb, user: UserSummary) => void };

const PlaceContext = createContext<Value | null>(null);

export function useUsersPlace(): Value {
  const place = useContext(PlaceContext);
  if (!place) throw new Error('useUsersPlace needs a UsersPlaceProvider above it.');
  return place;
}

/** Holds one dialog at a time above the list, which changes under it: a link stays in sight until it is taken. */
export function UsersPlaceProvider({ place, children }: { place: UsersPlace; children: ReactNode }) {
  const [open, setOpen] = useState<Open | null>(null);
  const value = useMemo<Value>(
    () => ({
      ...place,
      openInvite: () => setOpen({ kind: 'invite' }),
      ask: (verb, user) => setOpen({ kind: 'confirm', verb, user }),
    }),
    [place],
  );
  useShortcut('c', value.openInvite);
  const close = () => setOpen(null);
  const reveal = (link: InviteLink) => setOpen({ kind: 'link', link });
  return (
    <PlaceContext value={value}>
      {children}
      {open?.kind === 'invite' && <InviteDialog workspaces={place.workspaces} onLink={reveal} onClose={close} />}
      {open?.kind === 'link' && <LinkDialog link={open.link} onClose={close} />}
      {open?.kind === 'confirm' && <UserConfirm verb={open.verb} user={open.user} onLink={reveal} onClose={close} />}
    </PlaceContext>
  );
}
