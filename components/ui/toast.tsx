"use client";

import { X } from "lucide-react";
import { Toast as Radix } from "radix-ui";
import { createContext, type ReactNode, use, useEffect, useEffectEvent, useMemo, useState } from "react";
import { Button } from "./button";
import { cn } from "./cn";
import { IconButton } from "./icon-button";

export type ToastContent = {
  text: string;
  tone?: "plain" | "error";
  /** Undo, say. The toast then stays 30 s, else 6. */
  action?: { label: string; onPress: () => void };
};

type Shown = ToastContent & { id: number };
type Toaster = { show: (content: ToastContent) => void };

const ToastContext = createContext<Toaster | null>(null);

let lastId = 0;

export function ToastProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<Shown[]>([]);
  const toaster = useMemo<Toaster>(
    () => ({
      show(content) {
        lastId += 1;
        const next = { ...content, id: lastId };
        setShown((before) => [...before.slice(-2), next]);
      },
    }),
    [],
  );
  useUndoKey(shown.findLast(({ action }) => action)?.action?.onPress ?? null, () => {
    setShown((before) => before.filter((one) => one !== before.findLast(({ action }) => action)));
  });
  const close = (id: number) => setShown((before) => before.filter((one) => one.id !== id));
  return (
    <ToastContext value={toaster}>
      <Radix.Provider label="Message" swipeDirection="down">
        {children}
        {shown.map((toast) => (
          <OneToast key={toast.id} toast={toast} onClose={() => close(toast.id)} />
        ))}
        <Radix.Viewport
          label="Messages ({hotkey})"
          className="fixed left-1/2 z-60 flex w-[min(520px,calc(100vw-24px))] -translate-x-1/2 flex-col gap-2 bottom-20"
        />
      </Radix.Provider>
    </ToastContext>
  );
}

/** `show({ text, action? })` puts a message at the lower edge. */
export function useToast(): Toaster {
  const toaster = use(ToastContext);
  if (!toaster) throw new Error("useToast needs ToastProvider");
  return toaster;
}

/** Ctrl or ⌘ Z takes back what the newest message offers to take back; in fields the key is theirs. */
function useUndoKey(undo: (() => void) | null, onUndone: () => void) {
  const press = useEffectEvent((event: KeyboardEvent) => {
    const inField = event.target instanceof Element && event.target.closest("input, textarea, select");
    const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "z";
    if (!undo || !isUndo || inField) return;
    event.preventDefault();
    undo();
    onUndone();
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => press(event);
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}

function OneToast({ toast, onClose }: { toast: Shown; onClose: () => void }) {
  const { text, tone, action } = toast;
  return (
    <Radix.Root
      duration={action ? 30_000 : 6_000}
      type={tone === "error" ? "foreground" : "background"}
      onOpenChange={(open) => !open && onClose()}
      className="flex animate-enter items-center gap-2 rounded-control bg-raised py-2 pr-2 pl-4 shadow-overlay"
    >
      <Radix.Title className={cn("min-w-0 flex-1 text-dense", tone === "error" && "text-err")}>
        {text}
      </Radix.Title>
      {action && (
        <Radix.Action asChild altText={action.label}>
          <Button size="small" onClick={action.onPress}>
            {action.label}
          </Button>
        </Radix.Action>
      )}
      <Radix.Close asChild>
        <IconButton label="Close message" icon={<X aria-hidden />} />
      </Radix.Close>
    </Radix.Root>
  );
}
