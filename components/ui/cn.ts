import { type ClassValue, clsx } from "clsx";
import { extendTailwindMerge } from "tailwind-merge";

// Without our type sizes named, "text-dense text-ink" would lose one of the two.
const merge = extendTailwindMerge({
  extend: {
    theme: { text: ["edge", "pill", "dense", "base", "lead", "title", "empty", "number"] },
    classGroups: { "font-size": ["edge-print"] },
  },
});

/** Joins class names; the later of two that set the same thing wins. */
export function cn(...classes: ClassValue[]): string {
  return merge(clsx(classes));
}
