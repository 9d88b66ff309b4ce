export const DELETION =
  'Whatever uses it is refused by its very next request. This can’t be undone. What it recorded stays on the books.';
