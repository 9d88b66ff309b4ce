export function describeRemoval(workspaceName: string): string {
  return `They lose ${workspaceName} with their next request. Their account stays, and so do the keys that they created.`;
}
