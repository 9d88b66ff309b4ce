'use client';

import 'swagger-ui-dist/swagger-ui.css';
import './reference.css';
import { useEffect, useRef, useState } from 'react';

/** The interactive reference. Its code is large and loaded only here. */
export function Reference({ url }: { url: string }) {
  const container = useRef<HTMLDivElement>(null);
  const [isFailed, setIsFailed] = useState(false);

  useEffect(() => {
    let isGone = false;
    import('swagger-ui-dist/swagger-ui-es-bundle')
      .then(({ default: SwaggerUi }) => {
        if (isGone || !container.current) return;
        SwaggerUi({
          url,
          domNode: container.current,
          deepLinking: true,
          docExpansion: 'list',
          defaultModelsExpandDepth: 0,
          tryItOutEnabled: true,
          validatorUrl: null,
        });
      })
      .catch(() => setIsFailed(true));
    return () => {
      isGone = true;
    };
  }, [url]);

  if (isFailed) return <p className="mt-6">The reference could not be loaded. The document itself is at {url}.</p>;
  return (
    <div ref={container} className="reference mt-6">
      <p className="text-fg-3">Loading the reference…</p>
      <noscript>The reference needs JavaScript; the document itself is at {url}.</noscript>
    </div>
  );
}
