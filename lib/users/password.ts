import { hash, type Options, verify } from '@node-rs/argon2';

/** OWASP's parameters for argon2id (Password Storage Cheat Sheet): 19 MiB, two passes, one lane. */
const options = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } satisfies Options;

/** The hash of random bytes that nobody kept, with the same parameters: what is compared where there is no password. */
const NOBODYS_HASH =
  '$argon2id$v=19$m=19456,t=2,p=1$BZEjDF2roXFpF7Htn/mzlQ$bSuekVXgp3HOY9eSM+Vw0JnGtZPvHoB8VNDSUyLutws';

/** A password's argon2id hash in PHC form. The same characters in another Unicode form are the same password. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), options);
}

/** Whether a password is the one that was hashed. NULL takes as long as a wrong password, so that time tells nothing. */
export async function isPasswordRight(password: string, passwordHash: string | null): Promise<boolean> {
  const isRight = await verify(passwordHash ?? NOBODYS_HASH, password.normalize('NFKC'));
  return isRight && passwordHash !== null;
}
