import type { ComponentProps, ReactNode } from "react";
import { type ButtonLook, buttonClass } from "./button";
import { cn } from "./cn";
import { Tooltip } from "./tooltip";

type IconButtonProps = Omit<ComponentProps<"button">, "children"> & {
  /** Its name, also shown as the tooltip. */
  label: string;
  icon: ReactNode;
  look?: ButtonLook;
  /** Key that does the same, shown in the tooltip. */
  keys?: string;
};

export function IconButton({ label, icon, look = "ghost", keys, className, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} keys={keys}>
      <button
        type="button"
        aria-label={label}
        {...rest}
        className={cn(buttonClass(look, "small"), "w-8 px-0", className)}
      >
        {icon}
      </button>
    </Tooltip>
  );
}
