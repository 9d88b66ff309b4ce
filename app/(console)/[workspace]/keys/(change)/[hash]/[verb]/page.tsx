import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { EmptyState } from '@/components/ui/empty-state';
import { listSecrets } from '@/lib/keys/queries/list-secrets';
import { FormPage } from '../../../../form-page';
import { type KeyPageStart, readKeyPage, readKeyTitle } from '../../../(key)/[hash]/read-key-page';
import { adviseRotation, toSecretRows } from '../../../(key)/[hash]/secrets/secret-rows';
import {
  deleteKeyAction,
  rotateKeyAction,
  setGraceAction,
  setKeyDisabledAction,
  updateKeyAction,
} from '../../../actions';
import { askedVerb, KEY_VERBS, type KeyVerb } from '../../../asked-verb';
import { KeysPlaceProvider } from '../../../keys-place';
import { DeletePage, EditPage, GracePage, RotatePage, SwitchPage } from './change-pages';

type Props = { params: Promise<{ workspace: string; hash: string; verb: string }> };

/** `grace`: how long the old secret of a rotation goes on. */
const PAGE_VERBS = [...KEY_VERBS, 'grace'] as const;
type PageVerb = KeyVerb | 'grace';

const TITLES: Readonly<Record<PageVerb, string>> = {
  edit: 'Edit',
  rotate: 'Rotate',
  disable: 'Disable',
  enable: 'Enable',
  delete: 'Delete',
  grace: 'Overlap',
};

async function readVerb(params: Props['params']): Promise<PageVerb> {
  const { verb } = await params;
  return PAGE_VERBS.find((one) => one === verb) ?? notFound();
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const verb = await readVerb(params);
  if (verb === 'grace') return { title: await readKeyTitle(params, TITLES.grace) };
  return { title: `${TITLES[verb]} ${await readKeyTitle(params)}` };
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

function Change({ start, verb }: { start: KeyPageStart; verb: PageVerb }) {
  const { place, row } = start;
  if (verb === 'edit') return <EditPage row={row} action={updateKeyAction.bind(null, place.slug)} />;
  if (verb === 'rotate') return <RotatePage row={row} action={rotateKeyAction.bind(null, place.slug)} />;
  if (verb === 'delete') return <DeletePage row={row} action={deleteKeyAction.bind(null, place.slug)} />;
  if (verb === 'grace') return <ChangeGrace start={start} />;
  if (askedVerb(verb, row.status === 'disabled') === null) {
    return (
      <EmptyState headingLevel={2} title={row.status === 'disabled' ? 'It is disabled' : 'It is not disabled'}>
        There is nothing to do.
      </EmptyState>
    );
  }
  return <SwitchPage row={row} action={setKeyDisabledAction.bind(null, place.slug)} isOff={verb === 'disable'} />;
}

async function ChangeGrace({ start: { session, keyOf, place, row } }: { start: KeyPageStart }) {
  const advice = adviseRotation(toSecretRows(await listSecrets(session.call, keyOf), row.now), row.now);
  if (!('old' in advice)) {
    return (
      <EmptyState headingLevel={2} title="No old secret works">
        There is nothing to do.
      </EmptyState>
    );
  }
  return <GracePage row={row} old={advice.old} action={setGraceAction.bind(null, place.slug)} />;
}
