import { TextField, type TextFieldProps } from './text-field';

/** An address, which no keyboard corrects or begins with a capital. */
export function EmailField(props: Omit<TextFieldProps, 'label' | 'name' | 'type' | 'autoCapitalize' | 'spellCheck'>) {
  return <TextField {...props} label="Email" name="email" type="email" autoCapitalize="none" spellCheck={false} />;
}
