import { formatUsd } from '../core/money';
import { type UsageWindow, windowEnd } from '../core/time-window';

/** A ceiling that spending has to stay under: a key's own limit, or one of its workspace's budgets. */
export interface Layer {
  readonly scope: 'key' | 'workspace';
  readonly window: UsageWindow;
  readonly limitNanoUsd: bigint;
  readonly usedNanoUsd: bigint;
  readonly heldNanoUsd: bigint;
}

const WORDS: Readonly<Record<UsageWindow, string>> = {
  day: 'daily',
  week: 'weekly',
  month: 'monthly',
  lifetime: 'lifetime',
};
/** Broadest first, which is the order in which the contract names what blocks. */
const BREADTH: readonly UsageWindow[] = ['lifetime', 'month', 'week', 'day'];

/**
 * The layer that has no room for an amount; NULL: every one has. The key's own limit is named before a budget, and of
 * budgets the broadest.
 */
export function findBlockingLayer<Known extends Layer>(layers: readonly Known[], amountNanoUsd: bigint): Known | null {
  const blocking = layers.filter((layer) => layer.usedNanoUsd + layer.heldNanoUsd + amountNanoUsd > layer.limitNanoUsd);
  const ranked = blocking.toSorted((left, right) => rankOf(left) - rankOf(right));
  return ranked[0] ?? null;
}

function rankOf(layer: Layer): number {
  return (layer.scope === 'key' ? 0 : BREADTH.length) + BREADTH.indexOf(layer.window);
}

/** What the caller is told of the layer in its way. Amounts in nano-USD, for the door to write in its own form. */
export function describeLayer(layer: Layer, now: Date) {
  const left = layer.limitNanoUsd - layer.usedNanoUsd - layer.heldNanoUsd;
  return {
    interval: WORDS[layer.window],
    remainingNanoUsd: left > 0n ? left : 0n,
    resetsAt: windowEnd(layer.window, now),
  };
}

/** `Key limit exceeded (monthly limit). …` or `Workspace monthly budget of $500 exceeded. …`, and until when. */
export function blockingMessage(layer: Layer, now: Date): string {
  const { interval, remainingNanoUsd, resetsAt } = describeLayer(layer, now);
  const head =
    layer.scope === 'key'
      ? `Key limit exceeded (${interval} limit).`
      : `Workspace ${interval} budget of $${formatUsd(layer.limitNanoUsd)} exceeded.`;
  const reset = resetsAt === null ? 'It never resets; raise it to go on.' : `It resets at ${resetsAt.toISOString()}.`;
  return `${head} $${formatUsd(remainingNanoUsd)} of $${formatUsd(layer.limitNanoUsd)} is left. ${reset}`;
}
