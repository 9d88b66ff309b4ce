'use client';

import { RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { ErrorPanel } from '@/components/ui/error-panel';
import { TopBar } from '@/components/ui/top-bar';
import type { PageErrorProps } from '../../page-error';
import { useRetry } from './use-retry';

type SectionErrorProps = PageErrorProps & {
  section: string;
  /** What could not be read. */
  title: string;
  /** What is as it was. */
  children: ReactNode;
};

/** In the place of a section that could not be read. The frame around stays. */
export function SectionError({ error, reset, section, title, children }: SectionErrorProps) {
  const retry = useRetry(reset);
  return (
    <>
      {/* What names the page was not made either. */}
      <title>{`${title} · Keyledger`}</title>
      <TopBar title={section} />
      <ErrorPanel
        title={title}
        reference={error.digest && `Log reference ${error.digest}`}
        actions={
          <>
            <Button size="sm" icon={<RotateCw size={14} strokeWidth={1.9} aria-hidden="true" />} onClick={retry}>
              Try again
            </Button>
            {error.digest && <CopyButton text={error.digest} label="Copy details" />}
          </>
        }
      >
        {children}
      </ErrorPanel>
    </>
  );
}
