import { z } from 'zod';
import { StartupError } from './startup-error';

/** A configuration that cannot be used: one line for each variable that is wrong. Holds no values, which may be secret. */
export class ConfigurationError extends StartupError {
  override readonly name = 'ConfigurationError';
}

const flag = z.enum(['true', 'false', '1', '0']).transform((word) => word === 'true' || word === '1');
const wholeNumber = (min: number, max: number) => z.coerce.number().pipe(z.int().min(min).max(max));
const postgresUrl = z
  .string()
  .regex(/^postgres(ql)?:\/\/./, 'must look like postgresql://user:password@host:5432/database');

interface Variable<Schema extends z.ZodType> {
  readonly schema: Schema;
  /** What an absent variable means, in the words of the documentation. */
  readonly default: string;
  readonly description: string;
}

function variable<Schema extends z.ZodType>(schema: Schema, byDefault: string, description: string): Variable<Schema> {
  return { schema, default: byDefault, description };
}

/** Every variable that the product reads, and nowhere else. docs/configuration.md is checked against this table. */
export const configurationTable = {
  PORT: variable(wholeNumber(1, 65_535).default(3000), '3000', 'The port to listen on.'),
  HOST: variable(
    z.string().min(1).default('127.0.0.1'),
    '127.0.0.1',
    'The address to listen on; `0.0.0.0` is every one.',
  ),
  KEYLEDGER_DATA_DIR: variable(
    z.string().min(1).default('./data'),
    './data',
    'Holds the embedded database and the generated secret. Back it up while the server is stopped.',
  ),
  KEYLEDGER_URL: variable(
    z
      .url({ protocol: /^https?$/ })
      .transform((url) => url.replace(/\/+$/, ''))
      .optional(),
    'http://localhost:PORT',
    'The address under which people and services reach this installation. Links in answers and sign-in start with it.',
  ),
  KEYLEDGER_SECRET: variable(
    z.string().min(32, 'must have 32 characters or more').optional(),
    'generated once into KEYLEDGER_DATA_DIR/secret',
    'Signs sessions and download links, and encrypts second factors. Processes that share a database must share it.',
  ),
  KEYLEDGER_TRUST_PROXY: variable(
    flag.default(false),
    'false',
    'Take the client’s address from X-Forwarded-For. Only behind a proxy that sets it.',
  ),
  DATABASE_URL: variable(
    postgresUrl.optional(),
    'the embedded PostgreSQL',
    'A PostgreSQL server, version 15 or newer, in place of the embedded database.',
  ),
  DATABASE_POOL_MAX: variable(
    wholeNumber(2, 200).default(10),
    '10',
    'Connections to the database at the most, for each of the two processes: the one that answers the API, and the one that renders pages.',
  ),
  DATABASE_PREPARED_STATEMENTS: variable(
    flag.optional(),
    'on, but off where a pooler is found before the server',
    'Named prepared statements. A pooler in transaction mode, such as PgBouncer, does not bear them; one is found at start.',
  ),
  OIDC_ISSUER: variable(z.url().optional(), 'off', 'Issuer of an OpenID Connect provider for sign-in.'),
  OIDC_CLIENT_ID: variable(z.string().min(1).optional(), 'off', 'Client id at the OpenID Connect provider.'),
  OIDC_CLIENT_SECRET: variable(z.string().min(1).optional(), 'off', 'Client secret at the OpenID Connect provider.'),
  OIDC_NAME: variable(
    z.string().min(1).max(40).default('Single sign-on'),
    'Single sign-on',
    'What the sign-in button says.',
  ),
  LOG_LEVEL: variable(
    z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
    'info',
    'How much is logged: fatal, error, warn, info, debug, trace or silent.',
  ),
} as const;

type Table = typeof configurationTable;

const schema = z.object(
  Object.fromEntries(Object.entries(configurationTable).map(([name, entry]) => [name, entry.schema])) as {
    [Name in keyof Table]: Table[Name]['schema'];
  },
);

export type Env = Omit<z.output<typeof schema>, 'KEYLEDGER_URL'> & { readonly KEYLEDGER_URL: string };

/** Reads and checks the configuration. An empty variable counts as absent, as shells and container files leave them. */
export function readEnv(source: Readonly<Record<string, string | undefined>> = process.env): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    throw new ConfigurationError(
      parsed.error.issues.map((issue) => `${issue.path.map(String).join('.')}: ${issue.message}`).join('\n'),
    );
  }
  const oidc = [parsed.data.OIDC_ISSUER, parsed.data.OIDC_CLIENT_ID, parsed.data.OIDC_CLIENT_SECRET];
  if (oidc.some((value) => value !== undefined) && oidc.some((value) => value === undefined)) {
    throw new ConfigurationError('OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET: set all three or none.');
  }
  return { ...parsed.data, KEYLEDGER_URL: parsed.data.KEYLEDGER_URL ?? `http://localhost:${parsed.data.PORT}` };
}

let memo: Env | undefined;

/** The process's configuration, read once. */
export function env(): Env {
  memo ??= readEnv();
  return memo;
}

/** Sets what next-auth and Next read from the environment by themselves, from the configuration. */
export function exportEnvironment(values: Readonly<Record<string, string>>): void {
  Object.assign(process.env, values);
}
