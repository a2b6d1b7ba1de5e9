"use client";

import { Intake } from "@/components/inputs/intake";
import { PageDrop } from "@/components/inputs/page-drop";
import { useSessionFromFiles } from "@/components/inputs/use-session-from-files";
import { PageHeader } from "@/components/layout/page-header";
import { ReadyMadeList } from "@/components/recipes/ready-made-list";
import { plural } from "@/lib/words";

/** Before the first session: the first files make it. */
export function SessionsEmpty() {
  const { adding, take } = useSessionFromFiles();
  return (
    <>
      <PageHeader title="Sessions" />
      <PageDrop onPicked={take} words="Drop to start a session" />
      <div className="flex flex-1 flex-col px-4 pt-8 pb-24 sm:px-5">
        <div className="mx-auto flex w-full max-w-3xl flex-col gap-6" aria-busy={adding > 0}>
          <div className="text-center">
            <h2 className="text-balance text-empty">No sessions yet</h2>
            <p role="status" className="mt-2 text-pretty text-ink-2 text-lead">
              {adding > 0
                ? `Adding ${plural(adding, "file")}`
                : "Drop a folder of photos, write what to do with them once, and take the results away."}
            </p>
          </div>
          <Intake compact={false} onPicked={take} />
          <ReadyMadeList />
        </div>
      </div>
    </>
  );
}
