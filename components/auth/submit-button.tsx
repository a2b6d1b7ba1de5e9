/** `busy` keeps the button focusable while it works, so that a screen reader does not lose its place. */
export function SubmitButton({
  busy,
  label,
  busyLabel,
}: {
  busy: boolean;
  label: string;
  busyLabel: string;
}) {
  return (
    <button
      type="submit"
      aria-disabled={busy}
      className="h-11 w-full rounded-control bg-ink px-4 font-medium text-base text-on-ink hover:opacity-90 aria-disabled:opacity-60"
    >
      {busy ? busyLabel : label}
    </button>
  );
}
