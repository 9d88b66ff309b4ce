import { ArrowLeft } from 'lucide-react';
import type { Metadata } from 'next';
import { ButtonLink } from '@/components/ui/button-link';
import { Link } from '@/components/ui/link';
import { Logo } from '@/components/ui/logo';
import { Reference } from './reference';

export const metadata: Metadata = { title: 'API reference' };

export default function ReferencePage() {
  return (
    <div className="min-h-dvh bg-surface">
      <header className="sticky top-0 z-(--z-bar) flex min-h-(--bar-h) items-center gap-4 border-b border-line bg-surface px-(--page-x)">
        <Link href="/" className="flex rounded-sm">
          <Logo />
        </Link>
        <h1 className="min-w-0 flex-1 truncate border-l border-line pl-4 text-md font-semibold tracking-[-0.01em]">
          API reference
        </h1>
        <ButtonLink
          href="/"
          size="sm"
          icon={<ArrowLeft size={14} strokeWidth={1.9} aria-hidden="true" />}
          className="max-sm:hidden"
        >
          Back to console
        </ButtonLink>
      </header>
      <main id="content" className="mx-auto max-w-[1180px] px-(--page-x) pt-6 pb-16">
        <p className="max-w-[70ch] text-fg-2">
          Every route of this installation. Choose Authorize, paste a management key, and try any of them here. The same
          document is at{' '}
          <a className="link" href="/openapi.json">
            /openapi.json
          </a>
          .
        </p>
        <Reference url="/openapi.json" />
      </main>
    </div>
  );
}
