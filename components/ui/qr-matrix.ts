/**
 * QR codes (ISO/IEC 18004) of text: byte mode, error correction level M, versions 1 to 20, which hold 666 bytes. True is a
 * dark module. The quiet zone of four modules around it is the drawer's.
 */
export type QrMatrix = readonly (readonly boolean[])[];

interface BlockSizes {
  readonly correction: number;
  /** Data codewords of each block. */
  readonly data: readonly number[];
}

/** Level M by version: correction codewords a block, then blocks of some data codewords, and blocks of one more. */
const BLOCKS_M: ReadonlyArray<readonly [correction: number, short: number, shortData: number, long: number]> = [
  [10, 1, 16, 0],
  [16, 1, 28, 0],
  [26, 1, 44, 0],
  [18, 2, 32, 0],
  [24, 2, 43, 0],
  [16, 4, 27, 0],
  [18, 4, 31, 0],
  [22, 2, 38, 2],
  [22, 3, 36, 2],
  [26, 4, 43, 1],
  [30, 1, 50, 4],
  [22, 6, 36, 2],
  [22, 8, 37, 1],
  [24, 4, 40, 5],
  [24, 5, 41, 5],
  [28, 7, 45, 3],
  [28, 10, 46, 1],
  [26, 9, 43, 4],
  [26, 3, 44, 11],
  [26, 3, 41, 13],
];

function blocksOf(version: number): BlockSizes {
  const [correction, short, shortData, long] = BLOCKS_M[version - 1] ?? [0, 0, 0, 0];
  const data = [...Array<number>(short).fill(shortData), ...Array<number>(long).fill(shortData + 1)];
  return { correction, data };
}

/** The code of a text, by the mask with the least penalty. Throws where the text is too long. */
export function qrMatrix(text: string): QrMatrix {
  const bytes = new TextEncoder().encode(text);
  const version = versionFor(bytes.length);
  const codewords = interleave(packData(bytes, version), version);
  const candidates = MASKS.map((_, mask) => drawCode(version, codewords, mask));
  return candidates.reduce((best, one) => (penaltyOf(one) < penaltyOf(best) ? one : best));
}

/** Bits of the character count: 8 up to version 9, then 16. */
const countBits = (version: number) => (version < 10 ? 8 : 16);
const capacityOf = (version: number) => blocksOf(version).data.reduce((sum, size) => sum + size, 0);

function versionFor(length: number): number {
  for (let version = 1; version <= BLOCKS_M.length; version += 1) {
    if (4 + countBits(version) + 8 * length <= 8 * capacityOf(version)) return version;
  }
  throw new RangeError(`A QR code of this kind does not hold ${length} bytes.`);
}

/** Mode, count, bytes, terminator, and padding up to the capacity. */
function packData(bytes: Uint8Array, version: number): number[] {
  const bits: number[] = [];
  const push = (value: number, length: number) => {
    for (let bit = length - 1; bit >= 0; bit -= 1) bits.push((value >>> bit) & 1);
  };
  push(0b0100, 4);
  push(bytes.length, countBits(version));
  for (const byte of bytes) push(byte, 8);
  push(0, Math.min(4, 8 * capacityOf(version) - bits.length));
  push(0, (8 - (bits.length % 8)) % 8);
  const codewords = Array.from({ length: bits.length / 8 }, (_, index) =>
    bits.slice(8 * index, 8 * index + 8).reduce((value, bit) => 2 * value + bit, 0),
  );
  for (let pad = 0xec; codewords.length < capacityOf(version); pad ^= 0xec ^ 0x11) codewords.push(pad);
  return codewords;
}

/** Blocks with their correction, codeword by codeword in turn. */
function interleave(data: readonly number[], version: number): number[] {
  const sizes = blocksOf(version);
  const blocks: (readonly number[])[] = [];
  let from = 0;
  for (const size of sizes.data) {
    blocks.push(data.slice(from, from + size));
    from += size;
  }
  const corrections = blocks.map((block) => correctionOf(block, sizes.correction));
  return [...inTurn(blocks), ...inTurn(corrections)];
}

function inTurn(blocks: readonly (readonly number[])[]): number[] {
  const longest = Math.max(...blocks.map((block) => block.length));
  return Array.from({ length: longest }, (_, index) => blocks.flatMap((block) => block.slice(index, index + 1))).flat();
}

/** The product in GF(2^8) modulo x^8 + x^4 + x^3 + x^2 + 1. */
function multiply(left: number, right: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit -= 1) {
    product = (product << 1) ^ ((product >>> 7) * 0x11d);
    product ^= ((right >>> bit) & 1) * left;
  }
  return product;
}

/** Reed-Solomon: the remainder of the data by the generator of this degree. */
function correctionOf(data: readonly number[], degree: number): number[] {
  let generator = [1];
  for (let index = 0, root = 1; index < degree; index += 1, root = multiply(root, 2)) {
    const shifted = [...generator, 0];
    generator = shifted.map((term, at) => term ^ multiply(generator[at - 1] ?? 0, root));
  }
  let remainder = Array<number>(degree).fill(0);
  for (const byte of data) {
    const factor = byte ^ (remainder[0] ?? 0);
    remainder = [...remainder.slice(1), 0].map((term, at) => term ^ multiply(generator[at + 1] ?? 0, factor));
  }
  return remainder;
}

const MASKS: ReadonlyArray<(row: number, column: number) => boolean> = [
  (row, column) => (row + column) % 2 === 0,
  (row) => row % 2 === 0,
  (_, column) => column % 3 === 0,
  (row, column) => (row + column) % 3 === 0,
  (row, column) => (Math.floor(row / 2) + Math.floor(column / 3)) % 2 === 0,
  (row, column) => ((row * column) % 2) + ((row * column) % 3) === 0,
  (row, column) => (((row * column) % 2) + ((row * column) % 3)) % 2 === 0,
  (row, column) => (((row + column) % 2) + ((row * column) % 3)) % 2 === 0,
];

/** Undefined: no module yet. Function patterns are drawn first; data goes where they left room. */
type Draft = (boolean | undefined)[][];

function drawCode(version: number, codewords: readonly number[], mask: number): boolean[][] {
  const size = 17 + 4 * version;
  const draft: Draft = Array.from({ length: size }, () => Array<boolean | undefined>(size).fill(undefined));
  const set = (row: number, column: number, isDark: boolean) => {
    const line = draft[row];
    if (line && column >= 0 && column < size) line[column] = isDark;
  };
  for (let at = 0; at < size; at += 1) {
    set(6, at, at % 2 === 0);
    set(at, 6, at % 2 === 0);
  }
  const finders = [
    [3, 3],
    [3, size - 4],
    [size - 4, 3],
  ] as const;
  for (const [row, column] of finders) drawSquares(set, row, column, 4, (ring) => ring !== 2 && ring !== 4);
  drawAlignments(set, version, size);
  drawFormat(set, mask, size);
  if (version >= 7) drawVersion(set, version, size);
  return fillData(draft, codewords, MASKS[mask] ?? (() => false));
}

type Set = (row: number, column: number, isDark: boolean) => void;

/** Rings around a centre, from 0 outwards. */
function drawSquares(set: Set, row: number, column: number, radius: number, isDark: (ring: number) => boolean): void {
  for (let down = -radius; down <= radius; down += 1) {
    for (let right = -radius; right <= radius; right += 1) {
      set(row + down, column + right, isDark(Math.max(Math.abs(down), Math.abs(right))));
    }
  }
}

function drawAlignments(set: Set, version: number, size: number): void {
  if (version === 1) return;
  const count = Math.floor(version / 7) + 2;
  const step = Math.ceil((size - 13) / (2 * count - 2)) * 2;
  const places = [6, ...Array.from({ length: count - 1 }, (_, index) => size - 7 - step * index).reverse()];
  const [first, last] = [0, places.length - 1];
  for (const [down, row] of places.entries()) {
    for (const [right, column] of places.entries()) {
      const isAtFinder = (down === first && (right === first || right === last)) || (down === last && right === first);
      if (!isAtFinder) drawSquares(set, row, column, 2, (ring) => ring !== 1);
    }
  }
}

/** The remainder of a value, shifted by the degree, by a generator: the check bits of format and version. */
function checkBits(value: number, degree: number, generator: number): number {
  let rest = value;
  for (let index = 0; index < degree; index += 1) rest = (rest << 1) ^ ((rest >>> (degree - 1)) * generator);
  return (value << degree) | rest;
}

/** Level M (00) and the mask, twice. */
function drawFormat(set: Set, mask: number, size: number): void {
  const bits = checkBits(mask, 10, 0x537) ^ 0x5412;
  const bit = (index: number) => ((bits >>> index) & 1) === 1;
  for (let index = 0; index < 15; index += 1) {
    const near = index < 6 ? index : index < 8 ? index + 1 : index === 8 ? 7 : 14 - index;
    if (index < 8) set(near, 8, bit(index));
    else set(8, near, bit(index));
    if (index < 8) set(8, size - 1 - index, bit(index));
    else set(size - 15 + index, 8, bit(index));
  }
  set(size - 8, 8, true);
}

/** From version 7 on the version itself, twice. */
function drawVersion(set: Set, version: number, size: number): void {
  const bits = checkBits(version, 12, 0x1f25);
  for (let index = 0; index < 18; index += 1) {
    const isDark = ((bits >>> index) & 1) === 1;
    const [along, across] = [Math.floor(index / 3), size - 11 + (index % 3)];
    set(along, across, isDark);
    set(across, along, isDark);
  }
}

/** Zigzag from the lower right, two columns wide, around the timing column; the mask turns data modules over. */
function fillData(draft: Draft, codewords: readonly number[], isTurned: (row: number, column: number) => boolean) {
  const size = draft.length;
  let index = 0;
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5;
    for (let vertical = 0; vertical < size; vertical += 1) {
      const row = ((right + 1) & 2) === 0 ? size - 1 - vertical : vertical;
      for (const column of [right, right - 1]) {
        const line = draft[row];
        if (!line || line[column] !== undefined) continue;
        const bit = ((codewords[index >>> 3] ?? 0) >>> (7 - (index & 7))) & 1;
        line[column] = (bit === 1) !== isTurned(row, column);
        index += 1;
      }
    }
  }
  return draft.map((line) => line.map((module) => module === true));
}

/** How hard a code is to read, by the four rules of the standard. */
function penaltyOf(matrix: QrMatrix): number {
  const columns = matrix.map((_, column) => matrix.map((line) => line[column] === true));
  const lines = [...matrix, ...columns].map((line) => line.map((isDark) => (isDark ? '1' : '0')).join(''));
  let penalty = 0;
  for (const line of lines) {
    for (const run of line.match(/0{5,}|1{5,}/g) ?? []) penalty += run.length - 2;
    penalty += 40 * (line.match(/(?=10111010000|00001011101)/g)?.length ?? 0);
  }
  matrix.forEach((line, row) => {
    line.forEach((isDark, column) => {
      const next = matrix[row + 1];
      const isBlock = line[column + 1] === isDark && next?.[column] === isDark && next[column + 1] === isDark;
      if (isBlock) penalty += 3;
    });
  });
  const dark = matrix.flat().filter(Boolean).length / matrix.flat().length;
  return penalty + 10 * Math.floor(Math.abs(dark * 100 - 50) / 5);
}
