'use client';

import { Plus } from 'lucide-react';
import type { MouseEvent } from 'react';
import { Button } from '@/components/ui/button';
import { ButtonLink } from '@/components/ui/button-link';
import { IconButton } from '@/components/ui/icon-button';
import { useKeyDialogs } from './key-dialogs';
import { useKeysPlace } from './keys-place';

type CreateKeyButtonProps = {
  size?: 'sm' | 'md';
  isIconOnly?: boolean;
  hasShortcut?: boolean;
};

/** A link to the form's own page, which opens the form over this one where scripts run. */
export function CreateKeyButton({ size = 'sm', isIconOnly = false, hasShortcut = false }: CreateKeyButtonProps) {
  const { slug, readOnlyReason } = useKeysPlace();
  const { openCreate } = useKeyDialogs();
  const label = 'Create key';
  const icon = <Plus size={isIconOnly ? 18 : 14} strokeWidth={1.9} aria-hidden="true" />;
  if (isIconOnly) {
    return <IconButton label={label} size="md" icon={icon} disabledReason={readOnlyReason} onClick={openCreate} />;
  }
  if (readOnlyReason !== null) {
    return (
      <Button variant="primary" size={size} icon={icon} disabledReason={readOnlyReason}>
        {label}
      </Button>
    );
  }
  function open(event: MouseEvent) {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    openCreate();
  }
  return (
    <ButtonLink
      href={`/${slug}/keys/new`}
      variant="primary"
      size={size}
      icon={icon}
      onClick={open}
      {...(hasShortcut ? { shortcut: 'C' } : {})}
    >
      {label}
    </ButtonLink>
  );
}
