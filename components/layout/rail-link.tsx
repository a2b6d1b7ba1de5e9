"use client";

import type { Route } from "next";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { Link } from "@/components/ui/link";

type RailLinkProps<T extends string> = { href: Route<T>; label: string; count?: ReactNode; icon: ReactNode };

export function RailLink<T extends string>({ href, label, count, icon }: RailLinkProps<T>) {
  const here = usePathname().startsWith(String(href));
  return (
    <Link
      href={href}
      aria-current={here ? "page" : undefined}
      className={cn(
        "touch-target relative flex h-8 items-center gap-2.5 rounded-control px-2.5 text-ink-2 transition-colors hover:bg-idle-bg hover:text-ink max-sm:h-14 max-sm:flex-auto max-sm:flex-col max-sm:justify-center max-sm:gap-0.5 max-sm:px-0 max-sm:whitespace-nowrap max-sm:text-pill sm:max-xl:justify-center [&_svg]:size-4 [&_svg]:shrink-0",
        here && "bg-idle-bg font-semibold text-ink max-sm:bg-transparent",
      )}
    >
      {icon}
      <span className="sm:max-xl:sr-only">{label}</span>
      {count}
    </Link>
  );
}
