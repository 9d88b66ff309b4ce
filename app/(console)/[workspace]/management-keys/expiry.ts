/** After how many days a new management key may expire. */
export const EXPIRY_DAYS = ['30', '90', '365'] as const;
