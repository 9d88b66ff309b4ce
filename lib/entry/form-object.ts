/** More than any form has; the rest is dropped. */
const FIELDS_MAX = 200;

/**
 * A form's fields as an object for a schema: each value is the string that was sent, and the last of a name wins. A name
 * that ends in `[]` becomes an array without the brackets, also for one value. Files and Next's own fields are left out.
 */
export function formObject(form: FormData): Record<string, string | string[]> {
  const object = new Map<string, string | string[]>();
  for (const [name, value] of [...form].slice(0, FIELDS_MAX)) {
    if (typeof value !== 'string' || name.startsWith('$ACTION')) continue;
    if (name.endsWith('[]')) {
      const key = name.slice(0, -2);
      const values = object.get(key);
      object.set(key, [...(Array.isArray(values) ? values : []), value]);
    } else {
      object.set(name, value);
    }
  }
  return Object.fromEntries(object);
}

/** What nobody is shown again, not even who typed it. */
const SECRET = /password|secret|token|code|^key$/i;

/** A form's fields, but for secrets. */
export function typedFields(form: FormData): Record<string, string | string[]> {
  return Object.fromEntries(Object.entries(formObject(form)).filter(([name]) => !SECRET.test(name)));
}
