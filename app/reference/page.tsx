import type { Metadata } from 'next';
import { Reference } from './reference';

export const metadata: Metadata = { title: 'API reference' };

export default function ReferencePage() {
  return (
    <main id="content" className="mx-auto max-w-[1180px] px-6 pt-8 pb-16">
      <h1 className="text-xl font-semibold">API reference</h1>
      <p className="mt-1 max-w-[70ch] text-fg-2">
        Every route of this installation. Choose Authorize, paste a management key, and try any of them here. The same
        document is at{' '}
        <a className="text-accent underline" href="/openapi.json">
          /openapi.json
        </a>
        .
      </p>
      <Reference url="/openapi.json" />
    </main>
  );
}
