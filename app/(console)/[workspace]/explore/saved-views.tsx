'use client';

import { Bookmark, BookmarkPlus, ChevronDown, Pencil, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { createContext, type ReactNode, useContext, useState } from 'react';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Dialog } from '@/components/ui/dialog';
import { DropdownMenu, MenuItem, MenuLabel, MenuSeparator } from '@/components/ui/dropdown-menu';
import { FormShell } from '@/components/ui/form-shell';
import { TextField } from '@/components/ui/text-field';
import { useToast } from '@/components/ui/toast';
import { fieldError, formError } from '@/lib/entry/action-state';
import { formOf, useCommand } from '../../../use-command';
import { type ExploreParams, exploreHref, exploreQuery } from './explore-params';
import { exploreTitle } from './explore-words';
import { changeViewAction, createViewAction, deleteViewAction, renameViewAction } from './view-actions';

export interface ViewLink {
  readonly id: string;
  readonly name: string;
  readonly createdBy: string;
  readonly href: string;
}

interface ViewsPlace {
  readonly slug: string;
  readonly params: ExploreParams;
  readonly views: readonly ViewLink[];
  /** The views could not be read. */
  readonly isUnread: boolean;
  /** The view that the page was opened from. */
  readonly current: ViewLink | null;
  /** Whether the page shows something else than the view by now. */
  readonly isChanged: boolean;
  /** Why the reader may not save. NULL: may. */
  readonly readOnlyReason: string | null;
}

type OpenDialog = 'create' | 'rename' | 'delete' | null;

const PlaceContext = createContext<(ViewsPlace & { open: (dialog: OpenDialog) => void }) | null>(null);

function usePlace() {
  const place = useContext(PlaceContext);
  if (!place) throw new Error('Views need a SavedViewsProvider above them.');
  return place;
}

/** Holds the dialogs of views, which open from the menu, from the bar, and on a phone. */
export function SavedViewsProvider({ children, ...place }: ViewsPlace & { children: ReactNode }) {
  const [dialog, open] = useState<OpenDialog>(null);
  const close = () => open(null);
  return (
    <PlaceContext value={{ ...place, open }}>
      {children}
      {dialog === 'create' && <NameDialog onClose={close} />}
      {dialog === 'rename' && place.current && <NameDialog view={place.current} onClose={close} />}
      {dialog === 'delete' && place.current && <DeleteDialog view={place.current} onClose={close} />}
    </PlaceContext>
  );
}

const ICON = { size: 15, strokeWidth: 1.75, 'aria-hidden': true } as const;

/** The views of the workspace, and what can be done with the one that is open. */
export function ViewsMenu() {
  const { views, isUnread, current, isChanged, readOnlyReason, open } = usePlace();
  const heading = isUnread
    ? 'Saved views could not be read'
    : views.length === 0
      ? 'No saved views yet'
      : 'Saved views';
  return (
    <DropdownMenu
      label="Saved views"
      width={248}
      trigger={
        <Button
          variant="ghost"
          size="sm"
          aria-label="Saved views"
          trailingIcon={<ChevronDown size={14} strokeWidth={1.9} aria-hidden="true" />}
        >
          Views
        </Button>
      }
    >
      <MenuLabel>{heading}</MenuLabel>
      {views.map(({ id, name, createdBy, href }) => (
        <MenuItem
          key={id}
          href={href}
          icon={<Bookmark {...ICON} fill={id === current?.id ? 'currentColor' : 'none'} />}
        >
          <span className={`block truncate ${id === current?.id ? 'font-medium' : ''}`}>{name}</span>
          <span className="block truncate text-xs text-fg-3">{`by ${createdBy}`}</span>
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuItem icon={<BookmarkPlus {...ICON} />} disabledReason={readOnlyReason} onSelect={() => open('create')}>
        {current && isChanged ? 'Save as a new view' : 'Save this view'}
      </MenuItem>
      {current && readOnlyReason === null && (
        <>
          <MenuItem icon={<Pencil {...ICON} />} onSelect={() => open('rename')}>
            {`Rename ${current.name}`}
          </MenuItem>
          <MenuSeparator />
          <MenuItem icon={<Trash2 {...ICON} />} isDanger onSelect={() => open('delete')}>
            {`Delete ${current.name}`}
          </MenuItem>
        </>
      )}
    </DropdownMenu>
  );
}

/** Keeps what is shown: as a new view, or in the one that it was opened from. */
export function useSaveView() {
  const { slug, params, current, isChanged, readOnlyReason, open } = usePlace();
  const { show } = useToast();
  const { isPending, run } = useCommand(changeViewAction.bind(null, slug));
  const isSaved = current !== null && !isChanged;
  function save() {
    if (!current) return open('create');
    run(formOf({ id: current.id, query: queryOf(params) }), (name) => show({ title: `${name} was changed` }));
  }
  return {
    label: isSaved ? 'Saved' : current ? 'Save changes' : 'Save view',
    isSaved,
    isPending,
    disabledReason: isSaved ? 'It is saved as it is shown' : readOnlyReason,
    save,
  };
}

export function SaveView() {
  const { label, isSaved, isPending, disabledReason, save } = useSaveView();
  return (
    <Button
      variant={isSaved ? 'outline' : 'primary'}
      size="sm"
      icon={<Bookmark size={14} strokeWidth={1.9} aria-hidden="true" />}
      isWorking={isPending}
      disabledReason={disabledReason}
      onClick={save}
    >
      {label}
    </Button>
  );
}

function queryOf(params: ExploreParams): string {
  return new URLSearchParams(exploreQuery(params)).toString();
}

/** Names a new view, or a view anew. */
function NameDialog({ view, onClose }: { view?: ViewLink; onClose: () => void }) {
  const { slug, params } = usePlace();
  const router = useRouter();
  const { show } = useToast();
  const create = useCommand(createViewAction.bind(null, slug));
  const rename = useCommand(renameViewAction.bind(null, slug));
  const { state, isPending } = view ? rename : create;
  const [isTouched, setIsTouched] = useState(false);
  function save(form: FormData) {
    if (view) {
      form.set('id', view.id);
      return rename.run(form, (name) => {
        show({ title: `Renamed to ${name}` });
        onClose();
      });
    }
    form.set('query', queryOf(params));
    create.run(form, (id) => {
      show({ title: 'View saved', description: 'Everybody in the workspace finds it under Views.' });
      onClose();
      router.push(exploreHref(slug, params, { viewId: id }));
    });
  }
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={view ? `Rename ${view.name}` : 'Save view'}
      description={
        view ? undefined : 'It keeps the question, not the figures: each time it is opened they are of then.'
      }
      size="sm"
      hasUnsavedInput={isTouched}
    >
      <FormShell
        onSubmit={(event) => {
          event.preventDefault();
          save(new FormData(event.currentTarget));
        }}
        onInput={() => setIsTouched(true)}
        pending={isPending}
        submitError={formError(state)}
        submitLabel={view ? 'Rename' : 'Save view'}
        onCancel={onClose}
      >
        <TextField
          label="Name"
          name="name"
          maxLength={60}
          defaultValue={view?.name ?? exploreTitle(params)}
          error={fieldError(state, 'name')}
        />
      </FormShell>
    </Dialog>
  );
}

function DeleteDialog({ view, onClose }: { view: ViewLink; onClose: () => void }) {
  const { slug, params } = usePlace();
  const router = useRouter();
  const { show } = useToast();
  const { state, isPending, run } = useCommand(deleteViewAction.bind(null, slug));
  return (
    <ConfirmDialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Delete ${view.name}`}
      confirmLabel="Delete view"
      pending={isPending}
      submitError={formError(state)}
      onConfirm={() =>
        run(formOf({ id: view.id }), () => {
          show({ title: `${view.name} was deleted` });
          onClose();
          router.push(exploreHref(slug, params, { viewId: null }));
        })
      }
    >
      Everybody in the workspace loses it. The figures stay where they are.
    </ConfirmDialog>
  );
}
