"use client";

import { Dialog } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { KEY_GROUPS, type KeyGroup } from "./key-list";

/** The keys that exist. */
export function KeySheet({ onClose }: { onClose: () => void }) {
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Keys"
      description="Letters work while an image has the focus, never in text fields. On a Mac, ⌘ stands for Ctrl."
      size="large"
    >
      <div className="gap-x-8 sm:columns-2">
        {KEY_GROUPS.map((group) => (
          <Group key={group.where} group={group} />
        ))}
      </div>
    </Dialog>
  );
}

function Group({ group: { where, lines } }: { group: KeyGroup }) {
  return (
    <section className="mb-5 break-inside-avoid">
      <h3 className="mb-1.5 font-semibold text-dense">{where}</h3>
      <dl className="text-dense">
        {lines.map(({ keys, does }) => (
          <div
            key={does}
            className="flex items-center justify-between gap-3 border-line border-t py-1 first:border-t-0"
          >
            <dt className="text-ink-2">{does}</dt>
            <dd className="flex shrink-0 gap-1">
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
