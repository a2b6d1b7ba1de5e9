import { Problem } from "@/components/layout/problem";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";

export const metadata = { title: "Nothing here" };

export default function NotFound() {
  return (
    <Problem
      title="There is nothing at this address"
      actions={
        <Button asChild>
          <Link href="/sessions">Open Sessions</Link>
        </Button>
      }
    >
      <p>It may have been deleted, or the link is incomplete. Everything else is where it was.</p>
    </Problem>
  );
}
