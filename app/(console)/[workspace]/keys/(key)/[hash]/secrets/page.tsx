import type { Metadata } from 'next';
import { RuledSheet, SectionHeader, SheetCell, SheetRow } from '@/components/ui/section';
import { orUnread, Unread } from '@/lib/entry/unread';
import { listSecrets } from '@/lib/keys/queries/list-secrets';
import { UnreadPanel } from '../../../../unread-panel';
import { KeyFrame } from '../key-frame';
import { type KeyParams, readKeyPage, readKeyTitle } from '../read-key-page';
import { RotationPanel } from './rotation-panel';
import { toSecretRows } from './secret-rows';
import { SecretsTable } from './secrets-table';

type Props = { params: KeyParams };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: await readKeyTitle(params, 'Secrets') };
}

export default async function KeySecretsPage({ params }: Props) {
  const start = await readKeyPage(params);
  const { call } = start.session;
  const read = await orUnread(call, listSecrets(call, start.keyOf));
  if (read instanceof Unread) {
    return (
      <KeyFrame start={start} tab="secrets">
        <UnreadPanel title="The secrets could not be read" reference={read.reference} headingLevel={2} />
      </KeyFrame>
    );
  }
  const secrets = toSecretRows(read, call.now);
  return (
    <KeyFrame start={start} tab="secrets">
      <RuledSheet>
        <SheetRow>
          <SheetCell span={8} isFlush label="Secrets">
            <SectionHeader
              title="Secrets"
              hint="Only their hashes are stored. A secret is shown once, when it is made."
              isInFlush
            />
            <SecretsTable rows={secrets} now={call.now} />
          </SheetCell>
          <SheetCell span={4} label="Rotation">
            <RotationPanel row={start.row} secrets={secrets} />
          </SheetCell>
        </SheetRow>
      </RuledSheet>
    </KeyFrame>
  );
}
