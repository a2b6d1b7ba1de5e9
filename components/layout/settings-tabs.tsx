"use client";

import { usePathname } from "next/navigation";
import { cn } from "@/components/ui/cn";
import { Link } from "@/components/ui/link";

const TABS = [
  { href: "/settings/provider", label: "Providers" },
  { href: "/settings/team", label: "Team" },
] as const;

/** The pages of the settings, below the title of each. */
export function SettingsTabs() {
  const path = usePathname();
  return (
    <nav aria-label="Settings" className="-mb-3 mt-2 flex gap-1">
      {TABS.map(({ href, label }) => (
        <Link
          key={href}
          href={href}
          aria-current={path === href ? "page" : undefined}
          className={cn(
            "touch-target relative flex h-9 items-center border-transparent border-b-2 px-2.5 text-dense text-ink-2 transition-colors hover:text-ink",
            path === href && "border-ink font-semibold text-ink",
          )}
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
