'use client';

import type { PageErrorProps } from '../../../page-error';
import { SectionError } from '../section-error';

export default function ExportsError(props: PageErrorProps) {
  return (
    <SectionError {...props} section="Exports" title="The exports could not be read">
      Nothing was changed. Files that are made go on being made.
    </SectionError>
  );
}
