import { z } from 'zod';
import { text } from '../core/text';

/** Views of one workspace; a menu of more is no menu. */
export const SAVED_VIEWS_MAX = 50;

/** A question of Explore under a name. */
export interface SavedView {
  readonly id: string;
  readonly name: string;
  /** The query of the page, explicit choices only. */
  readonly query: string;
  /** As the audit log names them. */
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export const viewName = z.string().trim().pipe(text(1, 60)).describe('Unique in the workspace');
/** A hundred values of each filter fit. */
export const viewQuery = text(0, 20_000);
