import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { qrMatrix } from './qr-matrix';

const draw = (text: string) =>
  qrMatrix(text)
    .map((line) => line.map((isDark) => (isDark ? '#' : '.')).join(''))
    .join('\n');
const digestOf = (text: string) => createHash('sha256').update(draw(text)).digest('hex');

const KEYLEDGER = `
#######..#.#..#######
#.....#..#....#.....#
#.###.#.#.#.#.#.###.#
#.###.#.#.###.#.###.#
#.###.#.##..#.#.###.#
#.....#.#..#..#.....#
#######.#.#.#.#######
........##...........
#.#####...##..#####..
#.#.##.....###.####.#
#..#.##..#..##...###.
.#..#..#..####..#####
##..#.##..#.###..#..#
........#...#..##...#
#######....#..#..###.
#.....#.###....#.###.
#.###.#.#..#........#
#.###.#.#.########...
#.###.#.##..#.#...#..
#.....#..#.####..##..
#######.#.#.#......#.
`;

describe('a QR code', () => {
  it('is the one that other encoders make', () => {
    expect(draw('keyledger')).toBe(KEYLEDGER.trim());
  });

  // Compared module by module with another encoder's, of which these are the digests.
  it.each([
    ['with two sizes of blocks', 'x'.repeat(150), 'bbe6b068fd583d2359738a7e75c73a2efa11a760bed329f4d8b9792ad940d357'],
    [
      'of an authenticator app',
      'otpauth://totp/keys.example.com:ana%40example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=keys.example.com',
      '090db5d88a4ff49dfc4d78b034f57ff00f0f03e068eee09323f7af0f3861ec79',
    ],
    ['as full as it gets', 'é'.repeat(333), '556b4d54a74dad412b865e36bcb9d8dc064fcaa0f0bdcf5bd4c72a89586b2ba0'],
  ])('%s is right to the module', (_what, text, digest) => {
    expect(digestOf(text)).toBe(digest);
  });

  it('grows by four modules a version at the standard’s capacities, and refuses what it cannot hold', () => {
    // ISO/IEC 18004, table 7: bytes at level M of versions 1 to 20.
    const capacities = [14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666];
    const sizeOf = (length: number) => qrMatrix('x'.repeat(length)).length;
    expect(capacities.map(sizeOf)).toEqual(capacities.map((_, index) => 21 + 4 * index));
    expect(capacities.slice(0, -1).map((length) => sizeOf(length + 1))).toEqual(
      capacities.slice(0, -1).map((_, index) => 25 + 4 * index),
    );
    expect(() => qrMatrix('x'.repeat(667))).toThrow(RangeError);
  });
});
