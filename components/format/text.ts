/** Keeps both ends, for ids and paths: `8f2c41…9a07`. Shorter text stays whole. Give the full text in a tooltip. */
export function truncateMiddle(text: string, headLength: number, tailLength: number): string {
  return text.length <= headLength + tailLength + 1 ? text : `${text.slice(0, headLength)}…${text.slice(-tailLength)}`;
}

/** `1 key`, `3 keys`; the count is grouped. */
export function formatPlural(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
}
