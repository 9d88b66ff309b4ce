'use client';

import {
  type AnchorHTMLAttributes,
  type ComponentType,
  createContext,
  type ReactNode,
  type Ref,
  useContext,
} from 'react';

export type LinkProps = AnchorHTMLAttributes<HTMLAnchorElement> & {
  href: string;
  ref?: Ref<HTMLAnchorElement> | undefined;
};

const LinkContext = createContext<ComponentType<LinkProps> | 'a'>('a');

/** Gives every link of the kit the router's link, so that the kit needs to know no router. Without it links are plain. */
export function LinkProvider({ component, children }: { component: ComponentType<LinkProps>; children: ReactNode }) {
  return <LinkContext value={component}>{children}</LinkContext>;
}

/** A link through the router of `LinkProvider`. Other origins and downloads stay plain. */
export function Link(props: LinkProps) {
  const RouterLink = useContext(LinkContext);
  const isPlain = props.download !== undefined || props.target === '_blank' || !/^[/?#]/.test(props.href);
  const Component = isPlain ? 'a' : RouterLink;
  return <Component {...props} />;
}
