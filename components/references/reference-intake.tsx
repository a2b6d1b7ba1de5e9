"use client";

import { ImagePlus } from "lucide-react";
import { type ChangeEvent, useRef } from "react";
import { Button } from "@/components/ui/button";
import { filesOfList, type Picked } from "@/components/uploads/picked-files";
import { ACCEPTED_EXTENSIONS, ACCEPTED_TYPES } from "@/lib/images/constants";

const ACCEPT = [...ACCEPTED_TYPES, ...ACCEPTED_EXTENSIONS].join(",");

type ReferenceIntakeProps = { full: boolean; onPicked: (picked: Picked[]) => void };

/** Chooses reference files; dropping is `useDropZone`'s. */
export function ReferenceIntake({ full, onPicked }: ReferenceIntakeProps) {
  const files = useRef<HTMLInputElement>(null);
  const take = (event: ChangeEvent<HTMLInputElement>) => {
    onPicked(filesOfList(event.target.files ?? []));
    event.target.value = "";
  };
  return (
    <>
      <Button
        size="small"
        icon={<ImagePlus aria-hidden />}
        disabled={full}
        onClick={() => files.current?.click()}
      >
        Add references
      </Button>
      <input
        ref={files}
        type="file"
        multiple
        accept={ACCEPT}
        onChange={take}
        aria-label="Reference files"
        tabIndex={-1}
        className="sr-only"
      />
    </>
  );
}
