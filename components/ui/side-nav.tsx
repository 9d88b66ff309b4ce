import { CountBadge } from './chip';
import { joinClasses } from './class-names';
import { Link } from './link';
import { isCurrentItem, type NavItem, type NavSection } from './nav-item';

/** The sections of the sidebar. Collapsed it shows icons, whose names stay readable. */
export function SideNav({ sections, currentPath }: { sections: readonly NavSection[]; currentPath: string }) {
  return (
    <nav aria-label="Main" className="flex flex-col">
      {sections.map((section, index) => (
        <div key={section.label ?? index}>
          {section.label && (
            <h2 className="mx-[9px] mt-3.5 mb-1 text-2xs text-fg-3 sidebar-collapsed:sr-only">{section.label}</h2>
          )}
          <ul className="flex flex-col gap-px">
            {section.items.map((item) => (
              <li key={item.href}>
                <SideNavLink item={item} isCurrent={isCurrentItem(item, currentPath)} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

function SideNavLink({ item, isCurrent }: { item: NavItem; isCurrent: boolean }) {
  return (
    <Link
      href={item.href}
      title={item.label}
      aria-current={isCurrent ? 'page' : undefined}
      className={joinClasses(
        'relative flex h-[30px] items-center gap-[9px] rounded-md px-[9px] transition-colors duration-fast max-md:h-11 sidebar-collapsed:justify-center sidebar-collapsed:px-0',
        isCurrent ? 'bg-pressed font-medium text-fg' : 'text-fg-2 hover:bg-hover hover:text-fg [&>svg]:text-fg-3',
      )}
    >
      {item.icon}
      <span className="min-w-0 flex-1 truncate sidebar-collapsed:sr-only">{item.label}</span>
      {item.count !== undefined && item.count > 0 && (
        <span
          className="sidebar-collapsed:absolute sidebar-collapsed:-top-1 sidebar-collapsed:right-0 sidebar-collapsed:not-data-hot:hidden"
          data-hot={item.isHot ? '' : undefined}
        >
          <CountBadge
            count={item.count}
            isHot={item.isHot ?? false}
            {...(item.countLabel ? { label: item.countLabel } : {})}
          />
        </span>
      )}
    </Link>
  );
}
