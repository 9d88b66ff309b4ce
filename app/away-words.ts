/** Said where a page cannot be shown because something is away, by whatever page notices it. */
export const AWAY_TITLES = {
  database_away: 'The database does not answer',
  server_away: 'Keyledger does not answer',
} as const;

export const AWAY_WORDS =
  'Nothing was changed or lost. Services are told to send again later what could not be recorded. This page comes back by itself once there is an answer.';
