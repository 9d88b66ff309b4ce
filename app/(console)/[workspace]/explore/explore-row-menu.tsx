'use client';

import { EyeOff, Filter, Key, ZoomIn } from 'lucide-react';
import { RowMenu } from '@/components/data-table/row-menu';
import { MenuItem } from '@/components/ui/dropdown-menu';
import type { DrillLinks } from './drill';

/** Where a line leads. Nowhere: there is no menu. */
export function ExploreRowMenu({ name, links }: { name: string; links: DrillLinks }) {
  const { intoHref, onlyHref, withoutHref, keyHref } = links;
  if (onlyHref === null) return null;
  const icon = { size: 15, strokeWidth: 1.75, 'aria-hidden': true } as const;
  return (
    <RowMenu name={name}>
      {intoHref && (
        <MenuItem href={intoHref} icon={<ZoomIn {...icon} />}>
          Look into it
        </MenuItem>
      )}
      <MenuItem href={onlyHref} icon={<Filter {...icon} />}>
        Show only this
      </MenuItem>
      {withoutHref && (
        <MenuItem href={withoutHref} icon={<EyeOff {...icon} />}>
          Leave it out
        </MenuItem>
      )}
      {keyHref && (
        <MenuItem href={keyHref} icon={<Key {...icon} />}>
          Open key
        </MenuItem>
      )}
    </RowMenu>
  );
}
