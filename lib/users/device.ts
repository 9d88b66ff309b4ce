const UNKNOWN_BROWSER = 'A browser';
const HEADER_LENGTH_MAX = 1000;

/** The first that matches counts: most browsers also name those whose pages they want to be given. */
const BROWSERS: ReadonlyArray<readonly [RegExp, string]> = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\b(?:OPR|OPiOS)\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bVivaldi\//, 'Vivaldi'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:Headless)?Chrome\/|\bCriOS\/|\bChromium\//, 'Chrome'],
  [/\bVersion\/\S+.*\bSafari\//, 'Safari'],
];

const SYSTEMS: ReadonlyArray<readonly [RegExp, string]> = [
  [/\bAndroid\b/, 'Android'],
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bWindows\b/, 'Windows'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bMacintosh\b|\bMac OS X\b/, 'macOS'],
  [/\bLinux\b|\bX11\b/, 'Linux'],
];

/**
 * Which browser on which system, as its User-Agent header tells: "Chrome on Linux". Coarse on purpose: it is for a person
 * to know the own devices by, versions make it a fingerprint. An iPad asks for pages as a Mac does, and is told as one.
 */
export function describeDevice(userAgent: string | null | undefined): string {
  const header = (userAgent ?? '').slice(0, HEADER_LENGTH_MAX);
  const browser = BROWSERS.find(([pattern]) => pattern.test(header))?.[1];
  const system = SYSTEMS.find(([pattern]) => pattern.test(header))?.[1];
  if (browser === undefined && system === undefined) return 'Another program';
  return system === undefined ? (browser ?? UNKNOWN_BROWSER) : `${browser ?? UNKNOWN_BROWSER} on ${system}`;
}
