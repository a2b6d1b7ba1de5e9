"use client";

import { Problem } from "@/components/layout/problem";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";

export default function PageError({
  error,
  retry,
}: {
  error: Error & { digest?: string };
  retry: () => void;
}) {
  return (
    <Problem
      title="This page could not be shown"
      actions={
        <>
          <Button look="primary" onClick={retry}>
            Try again
          </Button>
          <Button asChild>
            <Link href="/sessions">Open Sessions</Link>
          </Button>
        </>
      }
    >
      <p>Your sessions and images are kept, and runs go on without this page.</p>
      {error.digest && <p className="edge-print mt-3">Number for the log: {error.digest}</p>}
    </Problem>
  );
}
