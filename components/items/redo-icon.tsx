import { RefreshCw, Zap } from "lucide-react";
import { mayGoNow } from "@/components/batches/economy-items";
import type { SheetRow } from "@/components/sessions/chain-rows";

/** Goes with `redoLabel`. */
export function RedoIcon({ item }: { item: SheetRow }) {
  return mayGoNow(item) ? <Zap aria-hidden /> : <RefreshCw aria-hidden />;
}
