'use client';

import type { PageErrorProps } from '../../../page-error';
import { SectionError } from '../section-error';

export default function KeysError(props: PageErrorProps) {
  return (
    <SectionError {...props} section="Keys" title="The keys could not be read">
      Nothing was changed. Services go on recording as far as the database answers them.
    </SectionError>
  );
}
