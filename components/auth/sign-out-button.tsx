import type { ReactNode } from "react";
import { signOutAction, signOutEverywhereAction } from "@/lib/auth/actions";

/** Works without JavaScript: a form around a server action. Style it with `className`. */
export function SignOutButton(props: { everywhere?: boolean; className?: string; children?: ReactNode }) {
  const words = props.everywhere ? "Sign out everywhere" : "Sign out";
  return (
    <form action={props.everywhere ? signOutEverywhereAction : signOutAction}>
      <button type="submit" className={props.className}>
        {props.children ?? words}
      </button>
    </form>
  );
}
