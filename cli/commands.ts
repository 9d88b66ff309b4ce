import type { Command } from './command';
import { demo } from './demo';
import { doctor } from './doctor';
import { importUsage } from './import';
import { managementKeyCreate } from './management-key-create';
import { managementKeyDelete } from './management-key-delete';
import { managementKeyList } from './management-key-list';
import { prune } from './prune';
import { reconcile } from './reconcile';
import { userCreate } from './user-create';
import { userRemoveSecondFactor } from './user-remove-second-factor';
import { userResetPassword } from './user-reset-password';
import { workspaceCreate } from './workspace-create';
import { workspaceList } from './workspace-list';

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [
  managementKeyCreate,
  managementKeyList,
  managementKeyDelete,
  userCreate,
  userResetPassword,
  userRemoveSecondFactor,
  workspaceCreate,
  workspaceList,
  importUsage,
  reconcile,
  prune,
  doctor,
  demo,
];
