"use client";

import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import { type ComponentProps, type ReactNode, useRef } from "react";
import { buttonClass } from "./button";
import { cn } from "./cn";

type DialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** For screen readers where the page shows it another way. */
  titleHidden?: boolean;
  description?: ReactNode;
  size?: "small" | "medium" | "large" | "full";
  /** Buttons at the foot; the last one is the main one. */
  actions?: ReactNode;
  children?: ReactNode;
} & Pick<
  ComponentProps<typeof Radix.Content>,
  "onKeyDown" | "onKeyUp" | "onOpenAutoFocus" | "onCloseAutoFocus"
>;

const SIZES = {
  small: "sm:max-w-md",
  medium: "sm:max-w-xl",
  large: "sm:max-w-3xl",
  full: "sm:h-[calc(100dvh-32px)] sm:max-w-[calc(100vw-32px)]",
} as const;

/** A panel over the page; from the bottom edge on phones. */
export function Dialog({
  open,
  onOpenChange,
  title,
  titleHidden,
  description,
  size = "small",
  actions,
  children,
  ...events
}: DialogProps) {
  const cameFrom = useRef<HTMLElement | null>(null);
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 grid animate-fade place-items-end overflow-y-auto bg-scrim sm:place-items-center sm:p-4">
          <Radix.Content
            onOpenAutoFocus={(event) => {
              cameFrom.current = opener();
              focusPanel(event);
            }}
            onCloseAutoFocus={(event) => {
              // Without a trigger of its own the panel would leave the focus on the page.
              event.preventDefault();
              cameFrom.current?.focus();
            }}
            {...events}
            {...(description ? {} : { "aria-describedby": undefined })}
            className={cn(
              "outline-none flex max-h-[calc(100dvh-24px)] w-full animate-enter flex-col rounded-t-panel bg-raised shadow-overlay sm:max-h-[calc(100dvh-32px)] sm:rounded-panel",
              SIZES[size],
            )}
          >
            <header
              className={cn(
                "flex items-start gap-3 px-5 pt-4 pb-3",
                titleHidden && "sr-only focus-within:not-sr-only",
              )}
            >
              <div className="min-w-0 flex-1">
                <Radix.Title className="text-lead font-semibold">{title}</Radix.Title>
                {description && (
                  <Radix.Description className="mt-1 text-dense text-ink-2">{description}</Radix.Description>
                )}
              </div>
              <Radix.Close aria-label="Close" className={cn(buttonClass("ghost", "small"), "-mr-2 w-8 px-0")}>
                <X aria-hidden />
              </Radix.Close>
            </header>
            <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-5">{children}</div>
            {actions && (
              <footer className="flex flex-wrap justify-end gap-2 border-line border-t px-5 py-3">
                {actions}
              </footer>
            )}
          </Radix.Content>
        </Radix.Overlay>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** The panel itself, so that it is read from its title and no button looks chosen; fields ask by `data-autofocus`. */
function focusPanel(event: Event) {
  const panel = event.currentTarget;
  if (!(panel instanceof HTMLElement)) return;
  event.preventDefault();
  (panel.querySelector<HTMLElement>("[data-autofocus]") ?? panel).focus();
}

/** What the focus goes back to. An item of a menu is gone by then, its button is not. */
function opener(): HTMLElement | null {
  const from = document.activeElement;
  const menuButton = from?.closest("[role=menu]")?.getAttribute("aria-labelledby");
  const stays = menuButton ? document.getElementById(menuButton) : from;
  return stays instanceof HTMLElement ? stays : null;
}
