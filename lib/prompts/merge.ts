import type { PromptMode } from "@/db/schema/inputs";

/** The prompt an image is made with: the session's, with its own added, or its own alone (FEATURES.md F18). */
export function effectivePrompt({
  session,
  mode,
  own,
}: {
  session: string;
  mode: PromptMode;
  own: string;
}): string {
  switch (mode) {
    case "inherit":
      return session.trim();
    case "append":
      return [session.trim(), own.trim()].filter(Boolean).join("\n");
    case "replace":
      return own.trim();
  }
}
