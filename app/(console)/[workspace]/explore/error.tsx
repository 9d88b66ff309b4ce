'use client';

import type { PageErrorProps } from '../../../page-error';
import { SectionError } from '../section-error';

export default function ExploreError(props: PageErrorProps) {
  return (
    <SectionError {...props} section="Explore" title="The figures could not be read">
      Nothing was changed, and what you asked stays in the address.
    </SectionError>
  );
}
