import { hashSecret } from '../core/secret';
import { isStorableText } from '../core/text';
import { prisma } from '../server/db';

/** Whether nobody owns this installation yet. */
export async function isSetupOpen(): Promise<boolean> {
  return (await prisma().user.count()) === 0;
}

/** Whether a set-up link is good: one of this installation's, while nobody owns it. */
export async function isSetupTokenValid(token: string): Promise<boolean> {
  if (token === '' || token.length > 200 || !isStorableText(token) || !(await isSetupOpen())) return false;
  return (await prisma().setupLink.count({ where: { tokenHash: hashSecret(token) } })) > 0;
}
