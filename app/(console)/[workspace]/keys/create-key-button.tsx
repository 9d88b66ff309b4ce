'use client';

import { Plus } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { ButtonLink } from '@/components/ui/button-link';
import { IconButton } from '@/components/ui/icon-button';
import { LeadsTo, opening, openingOver } from '@/components/ui/leads-to';
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
  const href = `/${slug}/keys/new`;
  const label = 'Create key';
  const icon = <Plus size={isIconOnly ? 18 : 14} strokeWidth={1.9} aria-hidden="true" />;
  if (isIconOnly) {
    return (
      <LeadsTo href={href}>
        <IconButton label={label} size="md" icon={icon} disabledReason={readOnlyReason} {...opening(openCreate)} />
      </LeadsTo>
    );
  }
  if (readOnlyReason !== null) {
    return (
      <Button variant="primary" size={size} icon={icon} disabledReason={readOnlyReason}>
        {label}
      </Button>
    );
  }
  return (
    <ButtonLink
      href={href}
      variant="primary"
      size={size}
      icon={icon}
      onClick={openingOver(openCreate)}
      {...(hasShortcut ? { shortcut: 'C' } : {})}
    >
      {label}
    </ButtonLink>
  );
}
