import type { Route } from '../vendors/route';

interface Node {
  readonly children: Map<string, Node>;
  /** The child that takes any segment, and the parameter's name. */
  parameter: { readonly name: string; readonly node: Node } | null;
  readonly routes: Map<string, Route>;
}

export type Match =
  | { kind: 'found'; route: Route; params: Record<string, string> }
  | { kind: 'method_not_allowed'; route: Route; allow: string[] }
  | { kind: 'not_found' };

/** A path's segments; a trailing slash is no segment. NULL: not decodable. */
function segmentsOf(path: string): string[] | null {
  const parts = path.split('/').slice(1);
  if (parts.at(-1) === '') parts.pop();
  try {
    return parts.map(decodeURIComponent);
  } catch {
    // A malformed escape is no name of anything.
    return null;
  }
}

/** Finds the route of a method and path; literal segments win over parameters. */
export class Router {
  private readonly root: Node = { children: new Map(), parameter: null, routes: new Map() };
  /** Routes without parameters by method and path, which is how most requests come. */
  private readonly literal = new Map<string, Match>();

  constructor(routes: readonly Route[]) {
    for (const route of routes) {
      this.add(route);
      const { method, path } = route.endpoint;
      if (!path.includes('{')) this.literal.set(`${method} ${path}`, { kind: 'found', route, params: {} });
    }
  }

  match(method: string, path: string): Match {
    return this.literal.get(`${method} ${path}`) ?? this.search(method, path);
  }

  private search(method: string, path: string): Match {
    const segments = segmentsOf(path);
    const found = segments && this.walk(this.root, segments, {});
    if (!found) return { kind: 'not_found' };
    const route = found.node.routes.get(method);
    if (route) return { kind: 'found', route, params: found.params };
    const [other] = found.node.routes.values();
    return other
      ? { kind: 'method_not_allowed', route: other, allow: [...found.node.routes.keys()].sort() }
      : { kind: 'not_found' };
  }

  private add(route: Route): void {
    let node = this.root;
    for (const segment of route.endpoint.path.split('/').slice(1)) {
      const name = /^\{(\w+)\}$/.exec(segment)?.[1];
      if (name === undefined) {
        const child = node.children.get(segment) ?? { children: new Map(), parameter: null, routes: new Map() };
        node.children.set(segment, child);
        node = child;
      } else {
        node.parameter ??= { name, node: { children: new Map(), parameter: null, routes: new Map() } };
        if (node.parameter.name !== name) throw new Error(`Two names for one parameter: ${route.endpoint.path}`);
        node = node.parameter.node;
      }
    }
    if (node.routes.has(route.endpoint.method))
      throw new Error(`Two routes for ${route.endpoint.method} ${route.endpoint.path}`);
    node.routes.set(route.endpoint.method, route);
  }

  private walk(
    node: Node,
    segments: readonly string[],
    params: Record<string, string>,
  ): { node: Node; params: Record<string, string> } | null {
    const [segment, ...rest] = segments;
    if (segment === undefined) return node.routes.size > 0 ? { node, params } : null;
    const literal = node.children.get(segment);
    const byLiteral = literal ? this.walk(literal, rest, params) : null;
    if (byLiteral || !node.parameter || segment === '') return byLiteral;
    return this.walk(node.parameter.node, rest, { ...params, [node.parameter.name]: segment });
  }
}
