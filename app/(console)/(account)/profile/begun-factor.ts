/** What an authenticator app takes over; told to the browser once, while it is being set up. */
export interface BegunFactor {
  /** Base32, for who types it. */
  readonly secret: string;
  /** For a QR code. */
  readonly uri: string;
}
