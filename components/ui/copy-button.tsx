"use client";

import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { Button, type ButtonLook } from "./button";
import { useToast } from "./toast";

type CopyButtonProps = { text: string; label?: string; look?: ButtonLook };

export function CopyButton({ text, label = "Copy", look = "secondary" }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  const toast = useToast();
  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      setTimeout(() => setCopied(false), 2000);
    } catch {
      toast.show({ tone: "error", text: "The browser did not allow copying. Select the text and copy it." });
    }
  }
  return (
    <Button
      size="small"
      look={look}
      icon={copied ? <Check aria-hidden /> : <Copy aria-hidden />}
      onClick={copy}
    >
      <span className="grid">
        <span className={copied ? "invisible" : undefined} style={{ gridArea: "1 / 1" }}>
          {label}
        </span>
        <span aria-live="polite" className={copied ? undefined : "invisible"} style={{ gridArea: "1 / 1" }}>
          {copied ? "Copied" : ""}
        </span>
      </span>
    </Button>
  );
}
