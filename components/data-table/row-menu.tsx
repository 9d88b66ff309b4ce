import { Ellipsis } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ButtonVariant } from '../ui/button-style';
import { DropdownMenu } from '../ui/dropdown-menu';
import { IconButton } from '../ui/icon-button';

type RowMenuProps = {
  /** Of the row. */
  name: string;
  children: ReactNode;
  width?: number | undefined;
  variant?: ButtonVariant | undefined;
  disabledReason?: string | null | undefined;
};

/** What can be done with one row, in its line or on a page of its own. */
export function RowMenu({ name, children, width, variant, disabledReason }: RowMenuProps) {
  const label = `Actions for ${name}`;
  return (
    <DropdownMenu
      align="end"
      label={label}
      width={width}
      trigger={
        <IconButton
          label={label}
          icon={<Ellipsis size={16} strokeWidth={1.75} aria-hidden="true" />}
          variant={variant}
          hasTooltip={false}
          disabledReason={disabledReason}
        />
      }
    >
      {children}
    </DropdownMenu>
  );
}
