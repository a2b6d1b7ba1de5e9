"use client";

import { type ReactNode, useState } from "react";
import { cn } from "./cn";
import { thumbhashUrl } from "./thumbhash-url";

export type FrameImage = {
  src: string;
  srcSet?: string;
  sizes?: string;
  width: number;
  height: number;
  /** What the picture is, or '' where its name stands beside it. */
  alt: string;
  alpha?: boolean;
  thumbhash?: string | null;
  /** Address of a picture that is there already and stands in for it, rather than its blur. */
  placeholder?: string | null;
  priority?: boolean;
};

type FrameProps = {
  image: FrameImage | null;
  /** Shown instead of a picture. */
  children?: ReactNode;
  ratio?: "4/3" | "fill";
  className?: string;
};

/** One frame of the sheet: the whole picture, never cropped, nothing drawn over it. */
export function Frame({ image, children, ratio = "4/3", className }: FrameProps) {
  return (
    <div
      className={cn(
        "relative w-full overflow-hidden border border-line",
        ratio === "4/3" ? "aspect-4/3" : "h-full",
        className,
      )}
    >
      {image ? (
        <Picture key={image.src} image={image} />
      ) : (
        <div className="absolute inset-0 grid place-items-center p-4 text-center text-dense text-ink-2">
          {children}
        </div>
      )}
    </div>
  );
}

function Picture({ image }: { image: FrameImage }) {
  const [loaded, setLoaded] = useState(false);
  const placeholder = loaded ? null : (image.placeholder ?? thumbhashUrl(image.thumbhash));
  return (
    <>
      {placeholder && <img src={placeholder} alt="" className="absolute inset-0 size-full object-contain" />}
      <img
        // A cached picture may be complete before React listens.
        ref={(element) => {
          if (element?.complete && element.naturalWidth > 0) setLoaded(true);
        }}
        src={image.src}
        srcSet={image.srcSet}
        sizes={image.sizes}
        width={image.width || undefined}
        height={image.height || undefined}
        alt={image.alt}
        decoding="async"
        draggable={false}
        fetchPriority={image.priority ? "high" : undefined}
        onLoad={() => setLoaded(true)}
        className={cn(
          "absolute inset-0 m-auto h-auto max-h-full w-auto max-w-full object-contain",
          image.alpha && loaded && "checker",
        )}
        style={fitStyle(image)}
      />
    </>
  );
}

/** Small pictures grow to the frame; the box keeps the picture's own ratio, so the checker ends at its edge. */
function fitStyle({ width, height }: FrameImage) {
  if (!width || !height) return { width: "100%", height: "100%" };
  const wide = width / height >= 4 / 3;
  return { aspectRatio: `${width} / ${height}`, ...(wide ? { width: "100%" } : { height: "100%" }) };
}
