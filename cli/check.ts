/** One thing that was looked at: what was found, and what to do where it is wrong. */
export type Check =
  | { readonly isOk: true; readonly found: string }
  | { readonly isOk: false; readonly found: string; readonly advice: string };

export function good(found: string): Check {
  return { isOk: true, found };
}

export function bad(found: string, advice: string): Check {
  return { isOk: false, found, advice };
}

/** `✓ …`, or `✗ …` and what to do. */
export function formatCheck(check: Check): string {
  return check.isOk ? `✓ ${check.found}` : `✗ ${check.found} ${check.advice}`;
}

/** Runs a check, and turns its failure into one: a doctor looks at the rest all the same. */
export async function attempt(subject: string, look: () => Promise<Check>): Promise<Check> {
  try {
    return await look();
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n', 1)[0] : String(error);
    return bad(`${subject} could not be checked: ${reason}.`, 'Mend what stands above, and look again.');
  }
}
