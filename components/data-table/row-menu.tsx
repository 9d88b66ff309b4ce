import { Ellipsis } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ButtonVariant } from '../ui/button-style';
import { DropdownMenu } from '../ui/dropdown-menu';
import { IconButton } from '../ui/icon-button';
import { LeadsTo, opening } from '../ui/leads-to';

type RowMenuProps = {
  /** Of the row. */
  name: string;
  children: ReactNode;
  /** The page that does the same where no script runs to open the menu. */
  href?: string | undefined;
  width?: number | undefined;
  variant?: ButtonVariant | undefined;
  disabledReason?: string | null | undefined;
};

/** What can be done with one row, in its line or on a page of its own. */
export function RowMenu({ name, children, href, width, variant, disabledReason }: RowMenuProps) {
  const label = `Actions for ${name}`;
  const menu = (
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
          {...(href === undefined ? {} : opening(openByItself))}
        />
      }
    >
      {children}
    </DropdownMenu>
  );
  return href === undefined ? menu : <LeadsTo href={href}>{menu}</LeadsTo>;
}

/** A menu opens before the click, when the pointer or a key is down. */
function openByItself() {}
