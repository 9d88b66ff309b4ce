'use client';

import type { PageErrorProps } from '../../page-error';
import WorkspaceError from '../[workspace]/error';

/** As in a workspace. */
export default function ErrorBoundary(props: PageErrorProps) {
  return <WorkspaceError {...props} />;
}
