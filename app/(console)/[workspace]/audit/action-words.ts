import type { ActorKind } from '@/lib/audit/contract';

/** What was done, in words, grouped by what it was done to. */
export const ACTION_GROUPS: ReadonlyArray<{ label: string; actions: Readonly<Record<string, string>> }> = [
  {
    label: 'Keys',
    actions: {
      'key.create': 'Created key',
      'key.update': 'Changed key',
      'key.rotate': 'Rotated key',
      'key.disable': 'Disabled key',
      'key.enable': 'Enabled key',
      'key.delete': 'Deleted key',
    },
  },
  {
    label: 'Management keys',
    actions: {
      'management_key.create': 'Created management key',
      'management_key.delete': 'Deleted management key',
    },
  },
  {
    label: 'Workspace',
    actions: {
      'workspace.create': 'Created workspace',
      'workspace.update': 'Changed settings',
      'workspace.delete': 'Deleted workspace',
      'budget.set': 'Set budget',
      'budget.delete': 'Removed budget',
      'price.create': 'Added price',
      'books.repair': 'Repaired the books',
      'usage.prune': 'Removed old events',
    },
  },
  {
    label: 'Members',
    actions: {
      'member.add': 'Added member',
      'member.change_role': 'Changed role',
      'member.remove': 'Removed member',
    },
  },
  {
    label: 'Exports',
    actions: {
      'export.create': 'Created export',
      'export.cancel': 'Cancelled export',
      'export.delete': 'Deleted export',
      'export.link': 'Made link to export',
    },
  },
  {
    label: 'Views',
    actions: {
      'saved_view.create': 'Saved view',
      'saved_view.update': 'Changed view',
      'saved_view.delete': 'Deleted view',
    },
  },
  {
    label: 'Users',
    actions: {
      'user.create': 'Created user',
      'user.create_first_owner': 'Set up the installation',
      'user.link_identity': 'Linked sign-in provider',
      'user.reset_password': 'Reset password',
      'user.invite': 'Made link to set password',
      'user.accept_invite': 'Set password by link',
      'user.disable': 'Disabled user',
      'user.enable': 'Enabled user',
      'user.make_owner': 'Made owner of the account',
      'user.unmake_owner': 'Took ownership back',
      'user.change_name': 'Changed own name',
      'user.change_password': 'Changed own password',
      'user.end_session': 'Ended own session',
      'user.end_other_sessions': 'Signed out everywhere else',
      'user.end_sessions': 'Signed out everywhere',
      'user.add_second_factor': 'Added second factor',
      'user.remove_second_factor': 'Removed second factor',
      'user.renew_recovery_codes': 'Made recovery codes',
      'user.use_recovery_code': 'Used a recovery code',
    },
  },
];

const words = new Map(ACTION_GROUPS.flatMap(({ actions }) => Object.entries(actions)));

/** An action in words; one that has none yet is shown as it was written. */
export function actionWord(action: string): string {
  return words.get(action) ?? action;
}

/** Where the subject of an entry is shown. NULL: nowhere, or not any more. */
export function subjectHref(slug: string, action: string, subjectId: string, subjectName: string): string | null {
  const [noun, verb] = action.split('.');
  if (verb === 'delete' || verb === 'remove') return null;
  switch (noun) {
    case 'key':
      return `/${slug}/keys/${encodeURIComponent(subjectId)}`;
    case 'management_key':
      return `/${slug}/management-keys`;
    case 'member':
      return `/${slug}/members`;
    case 'workspace':
    case 'budget':
      return `/${slug}/settings`;
    case 'price':
      return `/${slug}/prices?q=${encodeURIComponent(subjectName)}&replaced=shown`;
    default:
      return null;
  }
}

export const actorKindWords: Record<ActorKind, string> = {
  user: 'Person',
  management_key: 'Management key',
  system: 'Keyledger itself',
};
