/** What a form knows of its last submission; the state of `useActionState`. */
export type ActionState<Value> =
  | { readonly status: 'idle' }
  | { readonly status: 'ok'; readonly value: Value }
  | {
      readonly status: 'error';
      /** One sentence for the whole form, always there. */
      readonly message: string;
      /** A sentence for each field that is wrong, by the field's name in the schema. */
      readonly fieldErrors: Readonly<Partial<Record<string, string>>>;
      /** What was typed, but for secrets, where a browser without scripts posted the form: the page that comes back has it again. */
      readonly sent?: Readonly<Record<string, string | readonly string[]>>;
    };

/** The message of a submission whose session had ended: what was typed stays, and the page leads to sign in and back. */
export const SIGNED_OUT = 'You are signed out, so nothing was saved. Sign in again, then repeat this.';

/** The state before the first submission. */
export const idle: ActionState<never> = { status: 'idle' };

/** The message for the whole form. NULL while there is none, or while fields have their own. */
export function formError(state: ActionState<unknown>): string | null {
  return state.status === 'error' && Object.keys(state.fieldErrors).length === 0 ? state.message : null;
}

/** The message for one field. */
export function fieldError(state: ActionState<unknown>, field: string): string | null {
  return state.status === 'error' ? (state.fieldErrors[field] ?? null) : null;
}

/** What was typed, where a form was posted and refused and no script runs. NULL: nothing of that kind. */
export function sentFields(state: ActionState<unknown>) {
  return state.status === 'error' ? (state.sent ?? null) : null;
}
