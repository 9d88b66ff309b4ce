import { writeFileSync } from 'node:fs';
import { commandLinePage } from '../cli/command-line-page';

writeFileSync('docs/command-line.md', commandLinePage());
