import {
  ArrowUpRight,
  ChartNoAxesColumn,
  CircleCheck,
  CircleSlash,
  Copy,
  FileDown,
  Gauge,
  KeyRound,
  List,
  Pencil,
  RefreshCw,
  ScrollText,
  Trash2,
} from 'lucide-react';
import type { KeyStatus } from '@/lib/keys/status';
import { type KeyVerb, VERB_PARAMETER } from '../keys/asked-verb';
import type { PaletteCommand, SteppedKey } from './palette-command';

interface KeyCommandsContext {
  readonly canWrite: boolean;
  readonly go: (href: string) => void;
  readonly copyId: () => void;
}

const look = { size: 16, strokeWidth: 1.75, 'aria-hidden': true, className: 'text-fg-3' } as const;

/** What can be done with a key. Viewers find only what reads; what asks for more opens the key's page at its dialog. */
export function keyCommandsOf(
  { slug, hash, name, status }: SteppedKey,
  { canWrite, go, copyId }: KeyCommandsContext,
): PaletteCommand[] {
  const page = `/${slug}/keys/${hash}`;
  const visit = (href: string) => () => go(href);
  const ask = (verb: KeyVerb, tab = '') => visit(`${page}${tab}?${VERB_PARAMETER}=${verb}`);
  const reads: PaletteCommand[] = [
    { id: 'open', label: 'Open', icon: <ArrowUpRight {...look} />, to: { href: page, label: name, kind: 'key' } },
    { id: 'copy', label: 'Copy key id', icon: <Copy {...look} />, run: copyId },
    {
      id: 'explore',
      label: 'Explore its usage',
      icon: <ChartNoAxesColumn {...look} />,
      run: visit(`/${slug}/explore?by=endpoint&key=${hash}`),
    },
    { id: 'events', label: 'Show its events', icon: <List {...look} />, run: visit(`${page}/events`) },
    { id: 'limits', label: 'Show its limits', icon: <Gauge {...look} />, run: visit(`${page}/limits`) },
    { id: 'secrets', label: 'Show its secrets', icon: <KeyRound {...look} />, run: visit(`${page}/secrets`) },
    {
      id: 'audit',
      label: 'Show in the audit log',
      icon: <ScrollText {...look} />,
      run: visit(`/${slug}/audit?subject=${hash}`),
    },
  ];
  if (!canWrite) return reads;
  return [
    ...reads,
    {
      id: 'export',
      label: 'Export its usage',
      icon: <FileDown {...look} />,
      run: visit(`/${slug}/exports?format=usage-events&key=${hash}`),
    },
    { id: 'edit', label: 'Edit', icon: <Pencil {...look} />, run: ask('edit') },
    { id: 'limit', label: 'Set limit', icon: <Gauge {...look} />, run: ask('edit', '/limits') },
    { id: 'rotate', label: 'Rotate', icon: <RefreshCw {...look} />, run: ask('rotate') },
    ...switchOf(status, ask),
    { id: 'delete', label: 'Delete', icon: <Trash2 {...look} />, run: ask('delete') },
  ];
}

function switchOf(status: KeyStatus | null, ask: (verb: KeyVerb) => () => void): PaletteCommand[] {
  if (status === null) return [];
  return status === 'disabled'
    ? [{ id: 'enable', label: 'Enable', icon: <CircleCheck {...look} />, run: ask('enable') }]
    : [{ id: 'disable', label: 'Disable', icon: <CircleSlash {...look} />, run: ask('disable') }];
}
