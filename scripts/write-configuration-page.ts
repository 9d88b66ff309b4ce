import { writeFileSync } from 'node:fs';
import { configurationPage } from '../lib/server/configuration-page';

writeFileSync('docs/configuration.md', configurationPage());
