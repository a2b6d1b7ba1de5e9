"use client";

import { useState } from "react";
import { cn } from "@/components/ui/cn";
import type { FrameImage } from "@/components/ui/frame";
import { thumbhashUrl } from "@/components/ui/thumbhash-url";

/** A whole picture in the middle of a box of known size: never cropped, grown to the box, its blur until it is here. */
export function Picture({ image, box }: { image: FrameImage; box: { width: number; height: number } }) {
  const [state, setState] = useState<"loading" | "cached" | "arrived">("loading");
  const loaded = state !== "loading";
  const blur = state === "cached" ? null : thumbhashUrl(image.thumbhash);
  const size = containedIn(box, image);
  return (
    <span className="absolute inset-0 grid place-items-center overflow-hidden">
      <span className="relative block" style={size}>
        {blur && <img src={blur} alt="" className="absolute inset-0 size-full" />}
        <img
          // A cached picture may be complete before React listens.
          ref={(element) => {
            if (element?.complete && element.naturalWidth > 0 && state === "loading") setState("cached");
          }}
          src={image.src}
          srcSet={image.srcSet}
          sizes={image.sizes}
          width={Math.round(size.width)}
          height={Math.round(size.height)}
          alt={image.alt}
          decoding="async"
          draggable={false}
          fetchPriority={image.priority ? "high" : undefined}
          onLoad={() => setState((before) => (before === "loading" ? "arrived" : before))}
          className={cn(
            "absolute inset-0 size-full",
            image.alpha && loaded && "checker",
            loaded ? "opacity-100" : "opacity-0",
            state === "arrived" && "transition-opacity duration-160",
          )}
        />
      </span>
    </span>
  );
}

function containedIn(box: { width: number; height: number }, { width, height }: FrameImage) {
  if (!width || !height) return box;
  const scale = Math.min(box.width / width, box.height / height);
  return { width: width * scale, height: height * scale };
}
