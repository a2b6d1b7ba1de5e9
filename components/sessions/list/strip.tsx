import { OWN_IMAGES } from "@/components/items/image-url";
import { cn } from "@/components/ui/cn";

const FRAMES = [0, 1, 2, 3, 4] as const;

/** Up to five pictures of a session, like the cut end of a film. Empty frames keep the line's height. */
export function Strip({ imageIds, className }: { imageIds: readonly string[]; className?: string }) {
  return (
    <span aria-hidden className={cn("flex shrink-0 gap-1", className)}>
      {FRAMES.map((index) => {
        const imageId = imageIds[index];
        return (
          <span key={index} className="relative block h-12 w-14 overflow-hidden border border-line bg-canvas">
            {imageId && (
              <img
                src={`${OWN_IMAGES.base}/${imageId}/256`}
                alt=""
                width={54}
                height={46}
                loading="lazy"
                decoding="async"
                className="absolute inset-0 size-full object-contain"
              />
            )}
          </span>
        );
      })}
    </span>
  );
}
