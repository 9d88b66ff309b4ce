import { TextField } from '@/components/ui/text-field';

/** For the second factor's code. An authenticator app fills it in where it can. */
export function CodeField({ error }: { error: string | null }) {
  return (
    <TextField
      label="Code"
      name="code"
      size="lg"
      isMono
      autoComplete="one-time-code"
      autoCapitalize="none"
      spellCheck={false}
      maxLength={40}
      autoFocus
      required
      help="Of your authenticator app, or one of your recovery codes."
      error={error}
    />
  );
}
