'use client';

import {
  type AnchorHTMLAttributes,
  type ComponentType,
  createContext,
  type MouseEventHandler,
  type ReactNode,
  type Ref,
  type TouchEventHandler,
  useContext,
} from 'react';

type StrictHandlers = 'onClick' | 'onMouseEnter' | 'onTouchStart';

/** An anchor's props, as routers take them too: these handlers may be left out but not be undefined. */
export type LinkProps = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, StrictHandlers> & {
  href: string;
  onClick?: MouseEventHandler<HTMLAnchorElement>;
  onMouseEnter?: MouseEventHandler<HTMLAnchorElement>;
  onTouchStart?: TouchEventHandler<HTMLAnchorElement>;
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
