/*
 * Notes the last click on a button that only a script can answer, until the page has come alive: a link leads on and a form
 * is sent without one, and `EarlyClick` takes up the rest.
 */
const code = `addEventListener('click',window.noteEarlyClick=({target:t})=>{const b=t instanceof Element&&t.closest('button');window.earlyClick=b&&!(b.form&&b.type==='submit')?{button:b,at:performance.now()}:null},true)`;

/** Put it into `<head>`, before anything that can be clicked. */
export function EarlyClickScript() {
  return <script suppressHydrationWarning>{code}</script>;
}
