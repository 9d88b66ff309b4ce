import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { EmptyState } from '@/components/ui/empty-state';
import { FormPage } from '../../../../form-page';
import { type KeyPageStart, readKeyPage, readKeyTitle } from '../../../(key)/[hash]/read-key-page';
import { deleteKeyAction, rotateKeyAction, setKeyDisabledAction, updateKeyAction } from '../../../actions';
import { askedVerb, KEY_VERBS, type KeyVerb } from '../../../asked-verb';
import { KeysPlaceProvider } from '../../../keys-place';
import { DeletePage, EditPage, RotatePage, SwitchPage } from './change-pages';

type Props = { params: Promise<{ workspace: string; hash: string; verb: string }> };

const TITLES: Readonly<Record<KeyVerb, string>> = {
  edit: 'Edit',
  rotate: 'Rotate',
  disable: 'Disable',
  enable: 'Enable',
  delete: 'Delete',
};

async function readVerb(params: Props['params']): Promise<KeyVerb> {
  const { verb } = await params;
  return KEY_VERBS.find((one) => one === verb) ?? notFound();
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `${TITLES[await readVerb(params)]} ${await readKeyTitle(params)}` };
}

/** The forms of a key's dialogs with addresses of their own. */
export default async function ChangeKeyPage({ params }: Props) {
  const verb = await readVerb(params);
  const start = await readKeyPage(params);
  const { place, row } = start;
  const parents = [
    { label: 'Keys', href: `/${place.slug}/keys` },
    { label: row.name, href: `/${place.slug}/keys/${row.hash}` },
  ];
  return (
    <KeysPlaceProvider place={place}>
      <FormPage parents={parents} title={TITLES[verb]}>
        {place.readOnlyReason === null ? (
          <Change start={start} verb={verb} />
        ) : (
          <EmptyState headingLevel={2} title="Only admins change keys">
            {place.readOnlyReason}
          </EmptyState>
        )}
      </FormPage>
    </KeysPlaceProvider>
  );
}

function Change({ start: { place, row }, verb }: { start: KeyPageStart; verb: KeyVerb }) {
  if (verb === 'edit') return <EditPage row={row} action={updateKeyAction.bind(null, place.slug)} />;
  if (verb === 'rotate') return <RotatePage row={row} action={rotateKeyAction.bind(null, place.slug)} />;
  if (verb === 'delete') return <DeletePage row={row} action={deleteKeyAction.bind(null, place.slug)} />;
  if (askedVerb(verb, row.status === 'disabled') === null) {
    return (
      <EmptyState headingLevel={2} title={row.status === 'disabled' ? 'It is disabled' : 'It is not disabled'}>
        There is nothing to do.
      </EmptyState>
    );
  }
  return <SwitchPage row={row} action={setKeyDisabledAction.bind(null, place.slug)} isOff={verb === 'disable'} />;
}
