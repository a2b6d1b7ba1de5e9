"use client";

import { Images, ListOrdered } from "lucide-react";
import { Button } from "@/components/ui/button";
import type { RecipeSource } from "@/lib/recipes/types";
import { useStart } from "./use-start";

/** A recipe on one image, step by step, or over many. */
export function StartButtons({ from, name }: { from: RecipeSource; name: string }) {
  const start = useStart();
  return (
    <div className="flex flex-wrap gap-2">
      <Button
        size="small"
        icon={<ListOrdered aria-hidden />}
        aria-label={`Run ${name} on one image`}
        disabled={start.pending}
        onClick={() => start.fromRecipe(from, "serial")}
      >
        Run on one
      </Button>
      <Button
        size="small"
        icon={<Images aria-hidden />}
        aria-label={`Run ${name} on many images`}
        disabled={start.pending}
        onClick={() => start.fromRecipe(from, "bulk")}
      >
        Run on many
      </Button>
    </div>
  );
}
