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
    <>
      <Button
        size="small"
        look={look}
        icon={copied ? <Check aria-hidden /> : <Copy aria-hidden />}
        aria-label={label}
        onClick={copy}
      >
        <span className="grid *:[grid-area:1/1]">
          <span className={copied ? "invisible" : undefined}>{label}</span>
          <span className={copied ? undefined : "invisible"}>Copied</span>
        </span>
      </Button>
      {/* Beside the button: a dialog hides all around it but live regions, and would leave a button without a name. */}
      <span aria-live="polite" className="sr-only">
        {copied ? "Copied" : ""}
      </span>
    </>
  );
}
