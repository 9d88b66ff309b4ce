import { type QrMatrix, qrMatrix } from './qr-matrix';

/** The standard's margin: readers need it. */
const QUIET_MODULES = 4;

/** A QR code to be read off the screen: dark on light in either theme, as readers expect. */
export function QrCode({ text, label, size = 176 }: { text: string; label: string; size?: number }) {
  const matrix = qrMatrix(text);
  const side = matrix.length + 2 * QUIET_MODULES;
  return (
    <svg
      role="img"
      aria-label={label}
      width={size}
      height={size}
      viewBox={`${-QUIET_MODULES} ${-QUIET_MODULES} ${side} ${side}`}
      shapeRendering="crispEdges"
      className="flex-none rounded-md border border-line bg-[#fff] text-[#111]"
    >
      <path fill="currentColor" d={pathOf(matrix)} />
    </svg>
  );
}

/** Each run of dark modules of a row is one rectangle. */
function pathOf(matrix: QrMatrix): string {
  return matrix
    .flatMap((line, row) => {
      const text = line.map((isDark) => (isDark ? '1' : '0')).join('');
      return [...text.matchAll(/1+/g)].map(({ index, 0: run }) => `M${index} ${row}h${run.length}v1h-${run.length}z`);
    })
    .join('');
}
