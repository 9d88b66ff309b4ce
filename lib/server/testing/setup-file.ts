import { afterAll, inject } from 'vitest';
import { closeDatabase, configureDatabase } from '../db';

// Runs before each test file, in its worker. Files that need no database open no connection.
configureDatabase(inject('database'));
afterAll(closeDatabase);
