import type { Metadata } from "next";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { cache } from "react";
import { ShareLock } from "@/components/shares/share-lock";
import { SharedSheet } from "@/components/shares/shared-sheet";
import { listSharedResults } from "@/lib/shares/queries/list-shared-results";
import { findShareOf } from "@/lib/shares/queries/open-share";

type Props = { params: Promise<{ token: string }> };

const NOT_FOR_ROBOTS: Metadata = {
  robots: { index: false, follow: false, noarchive: true },
  referrer: "no-referrer",
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const share = await findShare((await params).token);
  const title = share === "locked" ? "Locked" : (share?.title ?? "Nothing here");
  return { ...NOT_FOR_ROBOTS, title };
}

export default async function SharePage({ params }: Props) {
  const { token } = await params;
  const share = await findShare(token);
  if (!share) notFound();
  if (share === "locked") return <ShareLock token={token} />;
  return <SharedSheet token={token} first={await listSharedResults(share)} />;
}

/** Looked up once for title and page, so that a miss counts once. */
const findShare = cache(async (token: string) => findShareOf(token, await headers()));
