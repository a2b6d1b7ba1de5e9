import NextLink, { type LinkProps } from "next/link";

/**
 * A link within the app. Pages are made anew for each person, so looking ahead at them would bring their address and
 * nothing else, in two requests for each link that is in view.
 */
export function Link<Route extends string>(props: LinkProps<Route>) {
  return <NextLink prefetch={false} {...props} />;
}
