import { Slot } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";

export type ButtonLook = "primary" | "secondary" | "ghost" | "danger";
export type ButtonSize = "small" | "medium" | "large";

const LOOKS: Record<ButtonLook, string> = {
  primary: "bg-ink text-on-ink hover:bg-ink/88 disabled:bg-idle-bg disabled:text-ink-3",
  secondary:
    "border border-line-strong bg-raised text-ink hover:bg-sunken disabled:border-line disabled:bg-transparent disabled:text-ink-3",
  ghost: "text-ink-2 hover:bg-idle-bg hover:text-ink disabled:text-ink-3 disabled:hover:bg-transparent",
  danger: "text-err hover:bg-err-bg disabled:text-ink-3 disabled:hover:bg-transparent",
};

const SIZES: Record<ButtonSize, string> = {
  small: "h-8 gap-1.5 px-2.5 text-dense",
  medium: "h-9 gap-2 px-3.5 text-base",
  large: "h-11 gap-2 px-5 text-base",
};

/** Classes of a button, for links that look like one. */
export function buttonClass(look: ButtonLook = "secondary", size: ButtonSize = "medium"): string {
  return cn(
    "touch-target relative inline-flex shrink-0 select-none items-center justify-center whitespace-nowrap rounded-control font-medium transition-colors active:opacity-85 [&_svg]:size-4 [&_svg]:shrink-0",
    LOOKS[look],
    SIZES[size],
  );
}

type ButtonProps = ComponentProps<"button"> & {
  look?: ButtonLook;
  size?: ButtonSize;
  /** Shows a ring over the words, which keep their room; further presses do nothing. */
  pending?: boolean;
  icon?: ReactNode;
  /** Puts the look on its only child, a link say. */
  asChild?: boolean;
};

export function Button({
  look,
  size,
  pending = false,
  icon,
  asChild,
  className,
  children,
  ...rest
}: ButtonProps) {
  const classes = cn(buttonClass(look, size), className);
  if (asChild) {
    return (
      <Slot.Root className={classes} {...rest}>
        {children}
      </Slot.Root>
    );
  }
  return (
    <button
      type="button"
      {...rest}
      className={classes}
      aria-busy={pending || undefined}
      onClick={pending ? undefined : rest.onClick}
      disabled={rest.disabled || (pending && rest.type === "submit")}
    >
      <span className={cn("contents", pending && "[&>*]:opacity-40")}>
        {icon}
        <span>{children}</span>
      </span>
      {pending && (
        <span className="absolute inset-0 grid place-items-center" aria-hidden>
          <span className="size-4 animate-ring rounded-full border-2 border-current border-t-transparent" />
        </span>
      )}
    </button>
  );
}
