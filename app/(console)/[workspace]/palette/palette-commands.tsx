import {
  Bookmark,
  Clock,
  FolderKey,
  Key,
  Keyboard,
  LogOut,
  Monitor,
  Moon,
  Plus,
  Sun,
  UserRound,
  Users,
} from 'lucide-react';
import { formatMoney } from '@/components/format/money';
import { formatPlural } from '@/components/format/text';
import type { Command, CommandGroup } from '@/components/ui/command';
import { Kbd } from '@/components/ui/kbd';
import { Status, type StatusTone } from '@/components/ui/status';
import { applyThemeChoice, type ThemeChoice } from '@/components/ui/theme';
import type { FoundOwner } from '@/lib/keys/queries/find-owners';
import type { KeyStatus } from '@/lib/keys/status';
import { leave } from '../../../leave';
import { limitShort, STATUS_LABELS } from '../keys/key-words';
import type { Found, FoundKey } from './found';
import type { PaletteCommand } from './palette-command';
import type { Place } from './places';
import type { Recent } from './recent';

export interface PaletteContext {
  /** NULL: the user reaches no workspace. */
  readonly slug: string | null;
  readonly canWrite: boolean;
  readonly isAccountOwner: boolean;
  readonly places: readonly Place[];
  readonly workspaces: readonly { readonly slug: string; readonly name: string }[];
  readonly recent: readonly Recent[];
  readonly go: (href: string) => void;
  readonly createWorkspace: () => void;
  readonly showShortcuts: () => void;
}

const look = { size: 16, strokeWidth: 1.75, 'aria-hidden': true, className: 'text-fg-3' } as const;
const WORKSPACES_SHOWN = 6;

const TONES: Readonly<Record<KeyStatus, StatusTone>> = {
  disabled: 'off',
  expired: 'off',
  blocked: 'act',
  near_limit: 'near',
  expires_soon: 'near',
  rotating: 'info',
  dormant: 'idle',
  active: 'ok',
};

/** What the palette offers for what is typed: keys first, then actions, views and owners, places and workspaces. */
export function groupsOf(query: string, found: Found, context: PaletteContext): CommandGroup<PaletteCommand>[] {
  const needle = query.trim().toLowerCase();
  const matching = <One extends Command>(commands: readonly One[]) =>
    commands.filter(({ label, hint }) => `${label} ${hint ?? ''}`.toLowerCase().includes(needle));
  const { slug, recent } = context;
  const isAsked = slug !== null && needle !== '';
  const workspaces = matching(context.workspaces.filter((one) => one.slug !== slug).map(toWorkspace));
  return [
    { label: 'Recent', commands: needle === '' ? recent.map((one) => toRecent(one, slug)) : [] },
    { label: 'Keys', commands: isAsked ? found.keys.map((key) => toKey(key, slug)) : [] },
    { label: 'Actions', commands: matching(actionsOf(context)) },
    {
      label: 'Views and owners',
      commands: isAsked ? [...found.views.map(toView), ...found.owners.map((owner) => toOwner(owner, slug))] : [],
    },
    { label: 'Go to', commands: matching([...context.places.map(toPlace), PROFILE]) },
    { label: 'Workspaces', commands: workspaces.slice(0, WORKSPACES_SHOWN) },
  ];
}

function toRecent(to: Recent, slug: string | null): PaletteCommand {
  const hint = to.kind === 'place' ? undefined : to.kind;
  const command = { id: `recent ${to.href}`, label: to.label, hint, icon: <Clock {...look} />, to };
  // What the reader may do with another workspace's key is not known here.
  const isHere = slug !== null && to.kind === 'key' && to.href.startsWith(`/${slug}/keys/`);
  if (!isHere) return command;
  const key = { slug, hash: to.href.split('/').at(-1) ?? '', name: to.label, status: null };
  return { ...command, key, canStepInto: true };
}

function toKey({ hash, name, owner, hint, status, ...spent }: FoundKey, slug: string): PaletteCommand {
  return {
    id: `key ${hash}`,
    label: name,
    hint: owner ? `${hint}, owner ${owner}` : hint,
    icon: <Key {...look} />,
    aside: (
      <>
        <Status tone={TONES[status]} label={STATUS_LABELS[status]} />
        <span className="max-md:hidden">{spentWords(spent)}</span>
      </>
    ),
    to: { href: `/${slug}/keys/${hash}`, label: name, kind: 'key' },
    key: { slug, hash, name, status },
    canStepInto: true,
  };
}

/** `$304.58 of $350 / mo`. Without a limit nothing is of anything. */
function spentWords({
  usedNanoUsd,
  limitNanoUsd,
  limitWindow,
}: Pick<FoundKey, 'usedNanoUsd' | 'limitNanoUsd' | 'limitWindow'>): string {
  return limitNanoUsd === null
    ? 'No limit'
    : `${formatMoney(usedNanoUsd, 2)} of ${limitShort(limitNanoUsd, limitWindow)}`;
}

function toView({ name, href }: Found['views'][number]): PaletteCommand {
  return {
    id: `view ${href}`,
    label: name,
    icon: <Bookmark {...look} />,
    aside: 'View in Explore',
    to: { href, label: name, kind: 'view' },
  };
}

function toOwner({ owner, keys, monthSpendNanoUsd }: FoundOwner, slug: string): PaletteCommand {
  const href = `/${slug}/keys?${new URLSearchParams({ owner })}`;
  return {
    id: `owner ${owner}`,
    label: owner,
    hint: 'owner',
    icon: <Users {...look} />,
    aside: `${formatPlural(keys, 'key')}, ${formatMoney(monthSpendNanoUsd, 2)} this month`,
    to: { href, label: owner, kind: 'owner' },
  };
}

function toPlace({ item, letter }: Place): PaletteCommand {
  return {
    id: `place ${item.href}`,
    label: item.label,
    icon: item.icon,
    aside: letter && (
      <span aria-hidden="true" className="flex gap-1">
        <Kbd>G</Kbd>
        <Kbd>{letter.toUpperCase()}</Kbd>
      </span>
    ),
    to: { href: item.href, label: item.label, kind: 'place' },
  };
}

function toWorkspace({ slug, name }: { slug: string; name: string }): PaletteCommand {
  return {
    id: `workspace ${slug}`,
    label: name,
    hint: 'workspace',
    icon: <FolderKey {...look} />,
    to: { href: `/${slug}`, label: name, kind: 'workspace' },
  };
}

const PROFILE: PaletteCommand = {
  id: 'place /profile',
  label: 'Profile',
  hint: 'theme, password, second factor',
  icon: <UserRound {...look} />,
  to: { href: '/profile', label: 'Profile', kind: 'place' },
};

const THEMES: ReadonlyArray<{ choice: ThemeChoice; label: string; Icon: typeof Sun }> = [
  { choice: 'light', label: 'Use the light theme', Icon: Sun },
  { choice: 'dark', label: 'Use the dark theme', Icon: Moon },
  { choice: 'system', label: 'Use the system’s theme', Icon: Monitor },
];

function actionsOf(context: PaletteContext): PaletteCommand[] {
  const { slug, canWrite, isAccountOwner, go, createWorkspace, showShortcuts } = context;
  const create: PaletteCommand[] =
    slug !== null && canWrite
      ? [
          {
            id: 'create key',
            label: 'Create key',
            icon: <Plus {...look} />,
            run: () => go(`/${slug}/keys/new`),
          },
        ]
      : [];
  return [
    ...create,
    ...(isAccountOwner
      ? [{ id: 'create workspace', label: 'Create workspace', icon: <Plus {...look} />, run: createWorkspace }]
      : []),
    ...THEMES.map(({ choice, label, Icon }) => ({
      id: `theme ${choice}`,
      label,
      icon: <Icon {...look} />,
      run: () => applyThemeChoice(choice),
    })),
    {
      id: 'shortcuts',
      label: 'Keyboard shortcuts',
      icon: <Keyboard {...look} />,
      aside: (
        <span aria-hidden="true" className="flex">
          <Kbd>?</Kbd>
        </span>
      ),
      run: showShortcuts,
    },
    { id: 'sign out', label: 'Sign out', icon: <LogOut {...look} />, run: () => void leave() },
  ];
}
