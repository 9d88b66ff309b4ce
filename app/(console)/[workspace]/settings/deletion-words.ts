export const DELETION =
  'Its management keys are refused at once, and its members lose it. Its usage and its audit log stay on the books.';
