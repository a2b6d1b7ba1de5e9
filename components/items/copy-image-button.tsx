"use client";

import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";

const SHOWN_MS = 2_000;

/** Puts a picture on the clipboard, as PNG: the only kind that every browser takes there. */
export function CopyImageButton({ url }: { url: string }) {
  const [state, setState] = useState<"idle" | "pending" | "copied">("idle");
  const toast = useToast();
  async function copy() {
    setState("pending");
    try {
      // As a promise: Safari wants the write to begin in the click.
      await navigator.clipboard.write([new ClipboardItem({ "image/png": pngOf(url) })]);
      setState("copied");
      setTimeout(() => setState("idle"), SHOWN_MS);
    } catch {
      setState("idle");
      toast.show({ tone: "error", text: "The browser did not allow copying. Download the image instead." });
    }
  }
  return (
    <Button
      size="small"
      look="ghost"
      pending={state === "pending"}
      icon={state === "copied" ? <Check aria-hidden /> : <Copy aria-hidden />}
      onClick={copy}
    >
      {state === "copied" ? "Copied" : "Copy"}
    </Button>
  );
}

async function pngOf(url: string): Promise<Blob> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`answered ${answer.status}`);
  const bytes = await answer.blob();
  if (bytes.type === "image/png") return bytes;
  const bitmap = await createImageBitmap(bytes);
  const canvas = document.createElement("canvas");
  canvas.width = bitmap.width;
  canvas.height = bitmap.height;
  canvas.getContext("2d")?.drawImage(bitmap, 0, 0);
  bitmap.close();
  return new Promise((resolve, reject) =>
    canvas.toBlob((png) => (png ? resolve(png) : reject(new Error("no PNG"))), "image/png"),
  );
}
