import packageJson from '@/package.json';

/** Of this installation, as its footer and pages name it. */
export const productVersion: string = packageJson.version;
