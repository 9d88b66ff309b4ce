import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { EarlyClickScript } from '@/components/ui/early-click-script';
import { ThemeScript } from '@/components/ui/theme-script';
import { fontClasses } from './fonts';
import { Providers } from './providers';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'Keyledger', template: '%s · Keyledger' },
  description: 'Know, limit and prove what API keys spend.',
  robots: { index: false, follow: false },
  formatDetection: { telephone: false },
};

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  colorScheme: 'light dark',
};

/**
 * What comes after a skeleton is put in its place by a script. Where none may run it is shown as it came, at the end of
 * the document, and the skeleton makes room. What would do nothing is not shown. The layer is the first, where
 * `!important` beats the one on hidden elements.
 */
const WITHOUT_SCRIPTS = `
@layer theme {
  div[hidden][id^="S:"] { display: block !important; }
}
main:has(template[id^="B:"]) { display: none; }
[data-needs-scripts] { display: none !important; }
.grid:has(> main template[id^="B:"]) { min-height: 0; }
@media (min-width: 768px) {
  .grid:has(> main template[id^="B:"]) > .sidebar { position: fixed; left: 0; width: var(--sidebar-w); }
  div[hidden][id^="S:"] { margin-left: var(--sidebar-w); background: var(--surface); }
}`;

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" className={fontClasses} suppressHydrationWarning>
      <head>
        <ThemeScript />
        <EarlyClickScript />
        <noscript>
          <style>{WITHOUT_SCRIPTS}</style>
        </noscript>
      </head>
      <body>
        <Providers>{children}</Providers>
      </body>
    </html>
  );
}
