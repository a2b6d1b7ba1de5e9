"use client";

import { useEffect, useState } from "react";

const LONGEST = 480;
const KEPT = 200;
const AT_ONCE = 2;

const urls = new Map<File, string>();
const waiting: (() => Promise<void>)[] = [];
let busy = 0;

/** Object URL of a small picture of a local file, while the server has none. Null until made, or if it can't be. */
export function useLocalPreview(file: File | null): string | null {
  const [made, setMade] = useState<{ file: File; url: string } | null>(null);
  useEffect(() => {
    if (!file) return;
    let wanted = true;
    const known = urls.get(file);
    if (known) setMade({ file, url: known });
    else {
      enqueue(async () => {
        // Scrolled past meanwhile: the decode is the dear part.
        if (!wanted) return;
        const url = urls.get(file) ?? (await makePreview(file));
        if (url) keep(file, url);
        if (url && wanted) setMade({ file, url });
      });
    }
    return () => {
      wanted = false;
    };
  }, [file]);
  return made && made.file === file ? made.url : null;
}

/** The one made for a file, if it is still kept. */
export function madePreview(file: File): string | null {
  return urls.get(file) ?? null;
}

function enqueue(job: () => Promise<void>) {
  waiting.push(job);
  void work();
}

async function work() {
  if (busy >= AT_ONCE) return;
  const job = waiting.shift();
  if (!job) return;
  busy += 1;
  await job();
  busy -= 1;
  void work();
}

async function makePreview(file: File): Promise<string | null> {
  try {
    const bitmap = await createImageBitmap(file, { resizeWidth: LONGEST, resizeQuality: "medium" });
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    canvas.getContext("2d")?.drawImage(bitmap, 0, 0);
    bitmap.close();
    return URL.createObjectURL(await canvas.convertToBlob({ type: "image/webp", quality: 0.75 }));
  } catch {
    return null;
  }
}

function keep(file: File, url: string) {
  urls.set(file, url);
  if (urls.size <= KEPT) return;
  const [oldest] = urls.keys();
  if (!oldest) return;
  URL.revokeObjectURL(urls.get(oldest) ?? "");
  urls.delete(oldest);
}
