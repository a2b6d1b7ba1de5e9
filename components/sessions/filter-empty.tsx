import { FILTER_LABELS, type StatusFilter } from "@/components/items/status-filter";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/** Nothing passes the filter. */
export function FilterEmpty({
  filter,
  query,
  onClear,
}: {
  filter: StatusFilter;
  query: string;
  onClear: () => void;
}) {
  const what = filter === "all" ? "images" : `${FILTER_LABELS[filter].toLowerCase()} images`;
  return (
    <EmptyState
      title={query ? `No ${what} named “${query}”` : `No ${what}`}
      actions={<Button onClick={onClear}>Clear filter</Button>}
    />
  );
}
