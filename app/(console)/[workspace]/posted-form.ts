/*
 * Of forms that are sent without scripts from pages which come in pieces. Their actions are bound to nothing: React cuts a page
 * where a form's action is bound, and where no script puts the pieces together each stands where it came.
 */

/** Whose page the form stands on. */
export const WORKSPACE_FIELD = 'workspace';
/** The form leads back with it where it had no effect. */
export const REFUSED_PARAMETER = 'refused';
