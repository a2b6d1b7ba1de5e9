import type { ReactNode } from "react";

const LOOKS = { ok: "bg-ok-bg text-ok", warn: "bg-warn-bg text-warn" } as const;

export function Notice({ look, children }: { look: keyof typeof LOOKS; children: ReactNode }) {
  return (
    <p role="status" className={`mt-4 rounded-control px-3 py-2 text-dense ${LOOKS[look]}`}>
      {children}
    </p>
  );
}
