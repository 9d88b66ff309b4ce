import { ArrowDown, ArrowUp } from 'lucide-react';
import { CheckMark } from '../ui/checkbox';
import { joinClasses } from '../ui/class-names';
import { Link } from '../ui/link';
import { type DataTableColumn, nextSortOf, type Sort } from './column';

type HeadProps = {
  columns: ReadonlyArray<DataTableColumn<never>>;
  sort: Sort | undefined;
  getSortHref: ((sort: Sort) => string) | undefined;
  selectAll: { state: 'all' | 'some' | 'none'; onToggle: () => void } | undefined;
  hasMenu: boolean;
};

export function DataTableHead({ columns, sort, getSortHref, selectAll, hasMenu }: HeadProps) {
  return (
    <thead>
      <tr>
        {selectAll && (
          <th scope="col">
            <CheckMark
              aria-label="Select this page"
              checked={selectAll.state === 'all'}
              isIndeterminate={selectAll.state === 'some'}
              onChange={selectAll.onToggle}
            />
          </th>
        )}
        {columns.map((column) => (
          <HeadCell key={column.id} column={column} sort={sort} getSortHref={getSortHref} />
        ))}
        {hasMenu && (
          <th scope="col">
            <span className="sr-only">Actions</span>
          </th>
        )}
      </tr>
    </thead>
  );
}

/** The arrow stands before the label, so the label keeps its place under a right-aligned column. */
function HeadCell({
  column,
  sort,
  getSortHref,
}: { column: DataTableColumn<never> } & Pick<HeadProps, 'sort' | 'getSortHref'>) {
  const direction = sort?.columnId === column.id ? sort.direction : undefined;
  const Arrow = direction === 'ascending' ? ArrowUp : ArrowDown;
  const { id, sortFirst } = column;
  return (
    <th
      scope="col"
      data-column={id}
      data-align={column.align}
      data-sorted={direction ? '' : undefined}
      {...(direction ? { 'aria-sort': direction } : {})}
    >
      {sortFirst && getSortHref ? (
        <Link
          href={getSortHref(nextSortOf({ id, sortFirst }, sort))}
          className="group inline-flex items-center gap-[3px] align-middle rounded-xs hover:text-fg"
        >
          <Arrow
            size={12}
            strokeWidth={1.9}
            aria-hidden="true"
            className={joinClasses(
              !direction && '-ml-[15px] opacity-0 group-hover:opacity-60 group-focus-visible:opacity-60',
            )}
          />
          {column.header}
        </Link>
      ) : (
        column.header
      )}
    </th>
  );
}
