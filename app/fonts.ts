import localFont from 'next/font/local';

/**
 * The files are variable fonts, one for all weights. They are asked for with the page itself, and where one is not there
 * at the first paint the page keeps the system's font: nothing that stands on screen moves.
 */
const sans = localFont({
  src: '../node_modules/geist/dist/fonts/geist-sans/Geist-Variable.woff2',
  weight: '100 900',
  variable: '--font-geist',
  display: 'optional',
});
const mono = localFont({
  src: '../node_modules/geist/dist/fonts/geist-mono/GeistMono-Variable.woff2',
  weight: '100 900',
  variable: '--font-geist-mono',
  display: 'optional',
  adjustFontFallback: false,
});

/** Classes of the root element by which the tokens find the fonts. */
export const fontClasses = `${sans.variable} ${mono.variable}`;
