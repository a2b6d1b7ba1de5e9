"use client";

import { ImagePlus } from "lucide-react";
import { type ChangeEvent, useRef } from "react";
import { SAMPLES, takeSamples } from "@/components/inputs/samples";
import { Button } from "@/components/ui/button";
import { filesOfList, type Picked } from "@/components/uploads/picked-files";
import { ACCEPTED_EXTENSIONS, ACCEPTED_TYPES, IMAGE_LIMITS } from "@/lib/images/constants";

const ACCEPT = [...ACCEPTED_TYPES, ...ACCEPTED_EXTENSIONS].join(",");
const LIMIT = `JPG, JPEG, PNG, WEBP, to ${IMAGE_LIMITS.maxBytes / 1_000_000} MB`;

/** Where the one image of a chain comes in by choosing. Dropping and pasting work on the whole page (PageDrop). */
export function OriginalIntake({ onPicked }: { onPicked: (picked: Picked[]) => void }) {
  return (
    <div className="relative flex min-h-72 flex-1 flex-col items-center justify-center gap-4 rounded-panel border border-line-strong border-dashed bg-surface px-6 py-10 text-center transition-colors hover:border-ink-3">
      <ImagePlus className="size-8 text-ink-3" strokeWidth={1.25} aria-hidden />
      <p className="text-balance text-empty">
        <span className="pointer-coarse:hidden">Drop one image here</span>
        <span className="not-pointer-coarse:hidden">Add one image</span>
      </p>
      {/* Its after-box covers the field, so that a click anywhere opens the chooser. */}
      <ChooseImage
        label="Choose image"
        look="primary"
        className="static after:absolute after:inset-0"
        onPicked={onPicked}
      />
      <p className="text-dense text-ink-2">
        {LIMIT}
        <span className="pointer-coarse:hidden">. You can also paste an image.</span>
      </p>
      <Sample onPicked={onPicked} />
    </div>
  );
}

type ChooseImageProps = {
  label: string;
  look?: "primary" | "secondary";
  className?: string;
  onPicked: (picked: Picked[]) => void;
};

/** A button that opens the file chooser, for one image. */
export function ChooseImage({ label, look = "secondary", className, onPicked }: ChooseImageProps) {
  const field = useRef<HTMLInputElement>(null);
  const take = (event: ChangeEvent<HTMLInputElement>) => {
    onPicked(filesOfList(event.target.files ?? []));
    // The same choice again must be a change again.
    event.target.value = "";
  };
  return (
    <>
      <Button look={look} className={className} onClick={() => field.current?.click()}>
        {label}
      </Button>
      <input
        ref={field}
        type="file"
        accept={ACCEPT}
        onChange={take}
        aria-label="Image file"
        tabIndex={-1}
        className="sr-only"
      />
    </>
  );
}

function Sample({ onPicked }: { onPicked: (picked: Picked[]) => void }) {
  const [name] = SAMPLES;
  const take = async () => onPicked((await takeSamples()).slice(0, 1));
  return (
    <Button look="ghost" className="z-10 h-auto px-3 py-2" onClick={take}>
      <span className="flex items-center gap-2.5">
        <img
          src={`/samples/${name}`}
          alt=""
          width={44}
          height={33}
          className="h-[33px] w-11 border border-line object-contain"
        />
        Try a sample image
      </span>
    </Button>
  );
}
