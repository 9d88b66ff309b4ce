/** A link right after it was made: the only time that it is known. */
export interface InviteLink {
  readonly email: string;
  readonly url: string;
  readonly expiresAt: Date;
}
