'use client';

import { ShieldCheck } from 'lucide-react';
import { signIn } from 'next-auth/react';
import { useTransition } from 'react';
import { Button } from '@/components/ui/button';

/** The exchange with the provider begins in next-auth, which needs a script for it. */
export function ProviderButton({ name, next }: { name: string; next: string }) {
  const [isPending, startTransition] = useTransition();
  function start() {
    startTransition(async () => {
      await signIn('oidc', { callbackUrl: next });
      await new Promise(() => {});
    });
  }
  return (
    <>
      <Button
        size="lg"
        isFullWidth
        isWorking={isPending}
        icon={<ShieldCheck size={16} strokeWidth={1.75} aria-hidden="true" />}
        onClick={start}
      >
        {`Continue with ${name}`}
      </Button>
      <noscript>
        <p className="text-xs text-fg-2">{`To continue with ${name}, turn on JavaScript.`}</p>
      </noscript>
    </>
  );
}
