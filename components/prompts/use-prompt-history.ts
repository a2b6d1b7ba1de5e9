"use client";

import { type KeyboardEvent, useRef } from "react";
import { AT_OWN_TEXT, stepInHistory } from "./prompt-history";

/** Alt ↑ and ↓ in a prompt field: the person's earlier prompts, asked for at the first step. */
export function usePromptHistory(text: string, onChange: (text: string) => void) {
  const prompts = useRef<Promise<readonly string[]>>(undefined);
  const place = useRef(AT_OWN_TEXT);
  async function step(by: 1 | -1) {
    prompts.current ??= fetchPrompts();
    const known = await prompts.current;
    // Asked for in vain: the next step asks again.
    if (known.length === 0) prompts.current = undefined;
    const next = stepInHistory({ prompts: known, place: place.current, text, by });
    if (!next) return;
    place.current = next.place;
    onChange(next.text);
  }
  return (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const isArrow = event.key === "ArrowUp" || event.key === "ArrowDown";
    if (!isArrow || !event.altKey || event.ctrlKey || event.metaKey || event.nativeEvent.isComposing) return;
    // With words of one's own in the field ⌥↑ moves the caret on a Mac.
    if (text.trim() !== "" && place.current.at === -1) return;
    event.preventDefault();
    void step(event.key === "ArrowUp" ? 1 : -1);
  };
}

async function fetchPrompts(): Promise<readonly string[]> {
  try {
    const answer = await fetch("/api/prompts");
    return answer.ok ? (await answer.json()).prompts : [];
  } catch {
    return [];
  }
}
