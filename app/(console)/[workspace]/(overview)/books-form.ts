/** Of the form that asks for a check without scripts: whose page it stands on. */
export const WORKSPACE_FIELD = 'workspace';
/** It leads back with this where the check failed. */
export const FAILED_PARAMETER = 'check-failed';
