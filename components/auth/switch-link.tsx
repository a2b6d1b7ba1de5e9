import { Link } from "@/components/ui/link";

/** From sign-in to sign-up and back, keeping the page asked for. */
export function SwitchLink(props: {
  asks: string;
  to: "/sign-in" | "/sign-up";
  next: string;
  label: string;
}) {
  return (
    <p className="mt-6 text-dense text-ink-2">
      {props.asks}{" "}
      <Link
        className="text-accent underline underline-offset-2"
        href={{ pathname: props.to, query: { next: props.next } }}
      >
        {props.label}
      </Link>
    </p>
  );
}
