import { PageHeader } from "@/components/layout/page-header";
import { EmptyState } from "@/components/ui/empty-state";

/** What a member of a workspace sees in place of its money. */
export function UsageOfOwner({ owner }: { owner: string }) {
  return (
    <>
      <PageHeader title="Usage" />
      <EmptyState title="Only the owner sees usage">
        {owner} pays for this workspace and sets its monthly stop. Each session still shows its own cost.
      </EmptyState>
    </>
  );
}
