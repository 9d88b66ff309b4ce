import type { z } from 'zod';
import type { Io } from './io';
import { type OptionHelp, type ParsedLine, parseLine } from './parse';

/** A command as the line's dispatcher knows it: its options' types are sealed in `run`. */
export interface Command {
  /** One word or two: `import`, `management-key create`. */
  readonly name: string;
  readonly summary: string;
  /** The one argument that stands without a name; NULL: none. */
  readonly argument: { readonly name: string; readonly description: string } | null;
  readonly options: readonly OptionHelp[];
  readonly examples: readonly string[];
  /** Remarks below the options. */
  readonly notes: readonly string[];
  /** Returns the exit code. */
  readonly run: (args: readonly string[], io: Io) => Promise<number>;
}

interface Definition<Options extends z.ZodObject> {
  readonly name: string;
  readonly summary: string;
  readonly argument?: { readonly name: string; readonly description: string };
  /** By the option's name without its hyphens; made of `option` and `flag`. */
  readonly options: Options;
  readonly examples: readonly string[];
  readonly notes?: readonly string[];
  readonly run: (input: { options: z.output<Options>; argument: string; io: Io }) => Promise<number>;
}

/** Describes an option that takes a value. */
export function option<Schema extends z.ZodType>(schema: Schema, placeholder: string, description: string): Schema {
  return schema.meta({ placeholder, description });
}

/** Describes an option that is given or not. */
export function flag<Schema extends z.ZodType>(schema: Schema, description: string): Schema {
  return schema.meta({ description });
}

export function defineCommand<Options extends z.ZodObject>(definition: Definition<Options>): Command {
  const options = Object.entries(definition.options.shape).map(([name, schema]) => describeOption(name, schema));
  const { name, summary, argument = null, examples, notes = [] } = definition;
  return {
    name,
    summary,
    argument,
    options,
    examples,
    notes,
    run: async (args, io) => {
      const line: ParsedLine<z.output<Options>> = parseLine(definition.options, options, argument?.name ?? null, args);
      return definition.run({ options: line.options, argument: line.argument, io });
    },
  };
}

/** `schema` is one of an object's own, made by zod, and answers for itself whether it can be left out. */
function describeOption(name: string, schema: z.core.$ZodType): OptionHelp {
  const { placeholder, description } = readMeta(schema);
  return { name, placeholder, description, isRequired: !(schema as z.ZodType).safeParse(undefined).success };
}

/** The guarantee: every schema of an option was made by zod, which gives it `meta`. */
function readMeta(schema: z.core.$ZodType): { placeholder: string | null; description: string } {
  const meta = (schema as z.ZodType).meta() ?? {};
  const { placeholder, description } = meta;
  return {
    placeholder: typeof placeholder === 'string' ? placeholder : null,
    description: typeof description === 'string' ? description : '',
  };
}
