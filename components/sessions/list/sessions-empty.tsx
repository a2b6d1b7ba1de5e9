import { Plus } from "lucide-react";
import Link from "next/link";
import { PageHeader } from "@/components/layout/page-header";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/** Before the first session. */
export function SessionsEmpty() {
  return (
    <>
      <PageHeader title="Sessions" />
      <div className="grid flex-1 place-items-center">
        <EmptyState
          title="No sessions yet"
          actions={
            <Button look="primary" size="large" icon={<Plus aria-hidden />} asChild>
              <Link href="/sessions/new">New session</Link>
            </Button>
          }
        >
          <p>Drop a folder of photos, write what to do with them once, and take the results away.</p>
        </EmptyState>
      </div>
    </>
  );
}
