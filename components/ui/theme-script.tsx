import { themeStorageKey } from './theme';

/*
 * Runs before the first paint, so no page flashes in the other theme. It reads the choice, else the system, and follows
 * the system while nothing is chosen. Storage may be forbidden, hence the try.
 */
const code = `(()=>{const m=matchMedia('(prefers-color-scheme: dark)');const s=()=>{let t=null;try{t=localStorage.getItem('${themeStorageKey}')}catch{}document.documentElement.dataset.theme=t==='light'||t==='dark'?t:m.matches?'dark':'light'};s();m.addEventListener('change',s);addEventListener('storage',s)})()`;

/** Put it first in `<head>`, and `suppressHydrationWarning` on `<html>`, whose `data-theme` it sets. */
export function ThemeScript({ nonce }: { nonce?: string | undefined }) {
  return (
    <script nonce={nonce} suppressHydrationWarning>
      {code}
    </script>
  );
}
