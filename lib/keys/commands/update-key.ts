import type { Prisma } from '../../../generated/prisma/client';
import { recordAudit } from '../../audit/commands';
import { type Call, requireScope } from '../../core/call';
import { inTransaction } from '../../server/db';
import { type UpdateKeyInput, updateKeyInput } from '../contract';
import { lockKey } from './lock-key';

/** Changes the fields that are given; what was spent already counts at once against a new limit. */
export async function updateKey(call: Call, hash: string, rawInput: UpdateKeyInput): Promise<void> {
  requireScope(call, 'keys:write');
  const input = updateKeyInput.parse(rawInput);
  await inTransaction(async (tx) => {
    const key = await lockKey(call, tx, hash);
    const { isDisabled, scopes, ...fields } = input;
    const data: Prisma.ApiKeyUpdateInput = Object.fromEntries(
      Object.entries(fields).filter(([, value]) => value !== undefined),
    );
    if (scopes !== undefined) data.scopes = scopes as Prisma.InputJsonArray;
    if (isDisabled !== undefined && isDisabled !== (key.disabled_at !== null))
      data.disabledAt = isDisabled ? call.now : null;
    if (Object.keys(data).length === 0) return;
    await tx.apiKey.update({
      where: { workspaceId_id: { workspaceId: key.workspace_id, id: key.id } },
      data: { ...data, updatedAt: call.now },
      select: { id: true },
    });
    await recordAudit(call, tx, {
      workspaceId: key.workspace_id,
      action: isDisabled === undefined ? 'key.update' : isDisabled ? 'key.disable' : 'key.enable',
      subjectId: hash,
      subjectName: input.name ?? key.name,
      detail: { changed: describeChange(input) },
    });
  });
}

/** JSON knows no bigint: amounts are written as text in nano-USD. */
function describeChange(input: UpdateKeyInput): Prisma.InputJsonObject {
  return JSON.parse(
    JSON.stringify(input, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value)),
  );
}
