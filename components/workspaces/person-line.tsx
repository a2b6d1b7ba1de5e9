import { User, UserStar } from "lucide-react";
import type { ReactNode } from "react";
import { Pill } from "@/components/ui/pill";

type PersonLineProps = { name: string; isOwner?: boolean; facts: ReactNode; action?: ReactNode };

export function PersonLine({ name, isOwner = false, facts, action }: PersonLineProps) {
  return (
    <li className="flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1 border-line border-b py-2 last:border-b-0">
      <div className="min-w-0 flex-1 basis-48">
        <p className="truncate">{name}</p>
        <p className="edge-print truncate">{facts}</p>
      </div>
      <Pill tone="idle" icon={isOwner ? UserStar : User} className={isOwner ? undefined : "max-sm:hidden"}>
        {isOwner ? "Owner" : "Member"}
      </Pill>
      {action}
    </li>
  );
}
