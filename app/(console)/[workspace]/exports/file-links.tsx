'use client';

import { Download, Link2 } from 'lucide-react';
import { useTransition } from 'react';
import { formatClock } from '@/components/format/time';
import { Button } from '@/components/ui/button';
import { copyText } from '@/components/ui/copy-text';
import { IconButton } from '@/components/ui/icon-button';
import { useToast } from '@/components/ui/toast';
import { idle } from '@/lib/entry/action-state';
import { formOf } from '../../../use-command';
import { WORKSPACE_FIELD } from '../posted-form';
import { createLinkAction, type FreshLink, postDownload } from './actions';
import type { ExportRow } from './export-row';
import { pathOf } from './exports-params';

const ICON = { size: 14, strokeWidth: 1.9, 'aria-hidden': true } as const;

/** Each click makes a link of its own, which opens the file for a quarter of an hour. */
export function FileLinks({ slug, row }: { slug: string; row: ExportRow }) {
  const { show } = useToast();
  const { isPending, ask } = useFreshLink(slug);
  async function copy({ url, expiresAt }: FreshLink) {
    const isCopied = await copyText(url);
    show({
      tone: isCopied ? 'ok' : 'warn',
      title: isCopied ? 'Signed link copied' : 'The link could not be copied',
      description: isCopied
        ? `Whoever has it can open the file until ${formatClock(new Date(expiresAt))} UTC.`
        : 'The browser did not allow it. Download the file instead.',
    });
  }
  return (
    <>
      <IconButton
        label="Copy a fresh link"
        variant="outline"
        icon={<Link2 {...ICON} />}
        onClick={() => ask(row.id, copy)}
      />
      <form
        action={postDownload}
        onSubmit={(event) => {
          event.preventDefault();
          ask(row.id, ({ url }) => window.location.assign(pathOf(url)));
        }}
      >
        <input type="hidden" name={WORKSPACE_FIELD} value={slug} />
        <input type="hidden" name="id" value={row.id} />
        <Button type="submit" size="sm" isWorking={isPending} icon={<Download {...ICON} />}>
          Download
        </Button>
      </form>
    </>
  );
}

/** Makes a link, or tells what kept it from being made. */
function useFreshLink(slug: string) {
  const { show } = useToast();
  const [isPending, startTransition] = useTransition();
  function ask(id: string, use: (link: FreshLink) => void | Promise<void>) {
    startTransition(async () => {
      const state = await createLinkAction(slug, idle, formOf({ id })).catch(() => null);
      if (state?.status === 'ok') return use(state.value);
      show({
        tone: 'danger',
        title: 'No link was made',
        description: state?.status === 'error' ? state.message : 'Keyledger could not be reached. Try again.',
      });
    });
  }
  return { isPending, ask };
}
