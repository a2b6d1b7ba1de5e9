"use client";

import { signIn } from "next-auth/react";
import { useState } from "react";
import { Button } from "@/components/ui/button";

type Offered = { id: "github" | "google"; label: string };

export function ProviderButtons({ providers, next }: { providers: Offered[]; next: string }) {
  const [leaving, setLeaving] = useState<Offered["id"]>();
  if (providers.length === 0) return null;
  return (
    <div className="mt-6 flex flex-col gap-2 border-line border-b pb-6">
      {providers.map(({ id, label }) => (
        <Button
          key={id}
          size="large"
          pending={leaving === id}
          disabled={leaving !== undefined && leaving !== id}
          onClick={() => {
            setLeaving(id);
            signIn(id, { callbackUrl: next }).catch(() => setLeaving(undefined));
          }}
        >
          Continue with {label}
        </Button>
      ))}
    </div>
  );
}
