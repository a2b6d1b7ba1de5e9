import { Button } from "@/components/ui/button";

/** A list that did not come. */
export function NotLoaded({ onRetry }: { onRetry: () => void }) {
  return (
    <div role="alert" className="flex flex-wrap items-center gap-3 py-4 text-dense text-err">
      <span>The list did not load: the server can't be reached.</span>
      <Button size="small" onClick={onRetry}>
        Retry
      </Button>
    </div>
  );
}
