"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { answered } from "@/components/items/use-item-actions";
import { useToast } from "@/components/ui/toast";
import type { Picked } from "@/components/uploads/picked-files";
import { randomId } from "@/components/uploads/random-id";
import { createSessionAction } from "@/lib/sessions/actions";
import { DEFAULT_SETTINGS, UNTITLED } from "@/lib/sessions/constants";

/** Files given outside a session make a new one and are sent from its page. `adding`: how many are on the way there. */
export function useSessionFromFiles(): { adding: number; take: (picked: Picked[]) => Promise<void> } {
  const router = useRouter();
  const toast = useToast();
  const [adding, setAdding] = useState(0);

  async function take(picked: Picked[]) {
    if (picked.length === 0 || adding > 0) return;
    setAdding(picked.length);
    // Pages that only list sessions do not carry the uploads with them.
    const code = import("@/components/uploads/upload-store").catch(() => null);
    const made = await answered(
      createSessionAction({ intent: randomId(), name: UNTITLED, prompt: "", settings: DEFAULT_SETTINGS }),
    );
    const uploads = await code;
    if (made.ok && uploads) {
      void uploads.uploadsOf(made.value.id).add(picked, []);
      router.push(`/sessions/${made.value.id}`);
      return;
    }
    setAdding(0);
    toast.show({
      tone: "error",
      text: made.ok ? "The files were not added: the server can't be reached. Try again." : made.words,
    });
  }
  return { adding, take };
}
