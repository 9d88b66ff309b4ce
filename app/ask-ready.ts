/** A server that takes longer to say that it is there is asked again later. */
const ANSWER_MILLISECONDS = 5_000;

/** Whether the server would answer: `database_away` says so itself, `server_away` says nothing. */
export type Readiness = 'ready' | 'database_away' | 'server_away';

export async function askReady(): Promise<Readiness> {
  try {
    const answer = await fetch('/readyz', { cache: 'no-store', signal: AbortSignal.timeout(ANSWER_MILLISECONDS) });
    return answer.ok ? 'ready' : 'database_away';
  } catch {
    return 'server_away';
  }
}
