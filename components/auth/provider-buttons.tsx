"use client";

import { signIn } from "next-auth/react";
import { useState } from "react";

type Offered = { id: "github" | "google"; label: string };

export function ProviderButtons({ providers, next }: { providers: Offered[]; next: string }) {
  const [leaving, setLeaving] = useState<Offered["id"] | null>(null);
  if (providers.length === 0) return null;
  return (
    <div className="mt-6 grid gap-2 border-line border-b pb-6">
      {providers.map(({ id, label }) => (
        <button
          key={id}
          type="button"
          disabled={leaving !== null}
          className="h-11 rounded-control border border-line-strong bg-raised px-4 font-medium text-base text-ink hover:bg-sunken disabled:opacity-60"
          onClick={() => {
            setLeaving(id);
            signIn(id, { callbackUrl: next }).catch(() => setLeaving(null));
          }}
        >
          {leaving === id ? `Opening ${label}…` : `Continue with ${label}`}
        </button>
      ))}
    </div>
  );
}
