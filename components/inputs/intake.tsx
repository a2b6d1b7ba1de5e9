"use client";

import { FolderOpen, ImagePlus } from "lucide-react";
import { type ChangeEvent, useRef, useSyncExternalStore } from "react";
import type { AttachModel } from "@/components/references/used-references";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { filesOfList, type Picked } from "@/components/uploads/picked-files";
import { ACCEPTED_EXTENSIONS, ACCEPTED_TYPES, IMAGE_LIMITS } from "@/lib/images/constants";
import { SAMPLES, takeSamples } from "./samples";
import { WritePrompts, type WritePromptsProps } from "./write-prompts";

type IntakeProps = {
  /** One row instead of a large field, once there are images. */
  compact: boolean;
  /** The chosen one; it may not make pictures from words. */
  model?: AttachModel;
  onPicked: (picked: Picked[]) => void;
  /** Left out where prompts alone have no place. */
  onWrite?: WritePromptsProps["onWrite"];
};

// A text file of an image's name is its prompt.
const ACCEPT = [...ACCEPTED_TYPES, ...ACCEPTED_EXTENSIONS, ".txt"].join(",");
const LIMIT = `JPG, JPEG, PNG, WEBP, to ${IMAGE_LIMITS.maxBytes / 1_000_000} MB each`;

/** Where images come in by choosing. Dropping and pasting work on the whole page (PageDrop). */
export function Intake({ compact, model, onPicked, onWrite }: IntakeProps) {
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const canFolder = useFolderChoice();
  const take = (event: ChangeEvent<HTMLInputElement>) => {
    onPicked(filesOfList(event.target.files ?? []));
    // The same choice again must be a change again.
    event.target.value = "";
  };
  return (
    <div
      className={cn(
        "relative flex border border-line-strong border-dashed bg-surface transition-colors hover:border-ink-3",
        compact
          ? "flex-wrap items-center gap-x-3 gap-y-2 rounded-control px-3 py-2.5"
          : "min-h-[min(560px,56dvh)] flex-col items-center justify-center gap-4 rounded-panel px-6 py-12 text-center",
      )}
    >
      {!compact && <ImagePlus className="size-8 text-ink-3" strokeWidth={1.25} aria-hidden />}
      <p className={compact ? "font-medium text-dense" : "text-balance text-empty"}>
        <span className="pointer-coarse:hidden">Drop images or a folder here</span>
        <span className="not-pointer-coarse:hidden">Add images</span>
      </p>
      <div className="flex flex-wrap items-center gap-2">
        {/* Its after-box covers the field, so that a click anywhere opens the chooser. */}
        <Button
          look={compact ? "secondary" : "primary"}
          size={compact ? "small" : "medium"}
          className="static after:absolute after:inset-0"
          onClick={() => files.current?.click()}
        >
          Choose files
        </Button>
        {canFolder && (
          <Button
            size={compact ? "small" : "medium"}
            icon={<FolderOpen aria-hidden />}
            className="z-10"
            onClick={() => folder.current?.click()}
          >
            Choose folder
          </Button>
        )}
        {onWrite && <WritePrompts compact={compact} model={model} onWrite={onWrite} />}
      </div>
      <p className={compact ? "ml-auto text-ink-3 text-pill max-sm:ml-0" : "text-dense text-ink-2"}>
        {LIMIT}
        {!compact && <span className="pointer-coarse:hidden">. You can also paste images.</span>}
      </p>
      {!compact && <Samples onPicked={onPicked} />}
      <input
        ref={files}
        type="file"
        multiple
        accept={ACCEPT}
        onChange={take}
        aria-label="Image files"
        tabIndex={-1}
        className="sr-only"
      />
      <input
        ref={folder}
        type="file"
        multiple
        webkitdirectory=""
        onChange={take}
        aria-label="Folder of images"
        tabIndex={-1}
        className="sr-only"
      />
    </div>
  );
}

function Samples({ onPicked }: Pick<IntakeProps, "onPicked">) {
  const take = async () => onPicked(await takeSamples());
  return (
    <Button look="ghost" className="z-10 mt-4 h-auto px-3 py-2" onClick={take}>
      <span className="flex items-center gap-2.5 max-sm:flex-col">
        <span className="flex shrink-0 gap-1">
          {SAMPLES.map((name) => (
            <img
              key={name}
              src={`/samples/${name}`}
              alt=""
              width={44}
              height={33}
              className="h-[33px] w-11 border border-line object-contain"
            />
          ))}
        </span>
        Try {SAMPLES.length} sample images
      </span>
    </Button>
  );
}

/** Phones and tablets know the attribute and open a file chooser all the same. */
function useFolderChoice(): boolean {
  return useSyncExternalStore(
    () => () => {},
    () => "webkitdirectory" in HTMLInputElement.prototype && !matchMedia("(pointer: coarse)").matches,
    () => false,
  );
}

declare module "react" {
  interface InputHTMLAttributes<T> {
    webkitdirectory?: "";
  }
}
