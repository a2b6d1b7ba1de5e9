/** The product's name as it stands on the rail. */
export function Wordmark() {
  return (
    <span className="flex items-baseline gap-1.5 whitespace-nowrap">
      <span className="font-bold text-base text-ink tracking-tight">Contact</span>
      <span className="edge-print">sheet</span>
    </span>
  );
}
