declare module 'swagger-ui-dist/swagger-ui-es-bundle' {
  interface SwaggerUiOptions {
    readonly url: string;
    readonly domNode: HTMLElement;
    readonly deepLinking: boolean;
    readonly docExpansion: 'list' | 'full' | 'none';
    readonly defaultModelsExpandDepth: number;
    readonly tryItOutEnabled: boolean;
    /** NULL: nothing is sent to an outside validator. */
    readonly validatorUrl: string | null;
  }
  const SwaggerUi: (options: SwaggerUiOptions) => unknown;
  export default SwaggerUi;
}
